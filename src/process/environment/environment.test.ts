import { describe, expect, test } from 'vitest';
import { textOf } from '../../text/source.ts';
import { configMap, imageConfig, pod, secret, service, told } from '../testing-containers.ts';
import { expandArgument, findVariable } from './environment.ts';

const values = (text: string): unknown => told(text).values;

describe('buildEnvironment', () => {
  test('S-092 envFrom in order, then env, the last one wins', () => {
    const objects = configMap('a', 'X: "1", W: "1", Z: "1"') + configMap('b', 'X: "2", W: "2"');
    const from = 'envFrom: [{ configMapRef: { name: a } }, { configMapRef: { name: b } }]';
    const env = 'env: [{ name: X, value: "3" }, { name: X, value: "4" }]';
    expect(values(pod(`${from}, ${env}`) + objects)).toEqual({ X: '4', W: '2', Z: '1' });
  });

  test('S-093 the prefix stands before every key of its source', () => {
    const text = pod('envFrom: [{ prefix: APP_, configMapRef: { name: a } }]') + configMap('a', 'PORT: "1"');
    expect(values(text)).toEqual({ APP_PORT: '1' });
  });

  test('S-094 a source that the input lacks leaves its variables unknown', () => {
    const { values, environment } = told(
      pod('env: [{ name: PORT, valueFrom: { configMapKeyRef: { name: gone, key: port } } }]'),
    );
    expect(values).toEqual({ PORT: '?' });
    expect(environment.complete).toBe(true);
    expect(environment.variables.get('PORT')).toMatchObject({ from: 'ConfigMap gone', secret: false });
  });

  test('S-094 an envFrom source that the input lacks can write over earlier ones, not over env', () => {
    const from =
      'envFrom: [{ configMapRef: { name: a } }, { prefix: P, secretRef: { name: gone, optional: true } }]';
    const env = 'env: [{ name: PATH_PREFIX, value: / }]';
    const { values, environment } = told(
      pod(`${from}, ${env}`) + configMap('a', 'PORT: "1", HOST: "::", PATH_PREFIX: x'),
    );
    expect(values).toEqual({ PORT: '?', HOST: '::', PATH_PREFIX: '/' });
    expect(environment.complete).toBe(false);
  });

  test('S-095 an optional reference to a missing key keeps the earlier value', () => {
    const optional = 'valueFrom: { configMapKeyRef: { name: a, key: gone, optional: true } }';
    const text = pod(
      `envFrom: [{ configMapRef: { name: a } }], env: [{ name: X, value: "1" }, { name: PORT, ${optional} }, { name: X, ${optional} }, { name: W, ${optional} }]`,
    );
    expect(values(text + configMap('a', 'PORT: "8080"'))).toEqual({ PORT: '8080', X: '1' });
  });

  test('S-095 an empty value does write over envFrom', () => {
    const text = pod('envFrom: [{ configMapRef: { name: a } }], env: [{ name: PORT, value: "" }]');
    expect(values(text + configMap('a', 'PORT: "8080"'))).toEqual({ PORT: '' });
  });

  test('an optional object that the input lacks can be in the cluster', () => {
    const text = pod(
      'env: [{ name: PORT, value: "1" }, { name: PORT, valueFrom: { configMapKeyRef: { name: gone, key: p, optional: true } } }]',
    );
    expect(values(text)).toEqual({ PORT: '?' });
  });

  test('S-096 binaryData is no variable, and no key to refer to', () => {
    const binary = configMap('a', 'X: "1"', 'binaryData: { PORT: ODA= }');
    const reference = 'env: [{ name: HTTP, valueFrom: { configMapKeyRef: { name: a, key: PORT } } }]';
    expect(values(pod(`envFrom: [{ configMapRef: { name: a } }], ${reference}`) + binary)).toEqual({
      X: '1',
      HTTP: '?',
    });
  });

  test('S-097 a Secret gives its decoded value, and says that it is secret', () => {
    const text = `${pod('env: [{ name: PORT, valueFrom: { secretKeyRef: { name: s, key: p } } }, { name: URL, value: "x:$(PORT)" }]')}---
apiVersion: v1
kind: Secret
metadata: { name: s }
data: { p: MzAwNQ== }
`;
    const { environment } = told(text);
    expect(environment.variables.get('PORT')).toMatchObject({
      value: '3005',
      secret: true,
      from: 'Secret shop/s',
    });
    expect(environment.variables.get('URL')).toMatchObject({ value: 'x:3005', secret: true, from: 'env' });
  });

  test('S-098 a key that is no identifier is a variable too', () =>
    expect(values(pod('envFrom: [{ configMapRef: { name: a } }]') + configMap('a', '"8080": x'))).toEqual({
      8080: 'x',
    }));

  test('S-099 a null value is empty', () =>
    expect(values(pod('env: [{ name: A, value: null }]'))).toEqual({ A: '' }));

  test('S-100 a value that is not empty wins over valueFrom', () => {
    const from = 'valueFrom: { configMapKeyRef: { name: a, key: p } }';
    const text = pod(`env: [{ name: A, value: "1", ${from} }, { name: B, value: "", ${from} }, { name: C }]`);
    expect(values(text + configMap('a', 'p: "2"'))).toEqual({ A: '1', B: '2', C: '' });
  });

  test('S-101 a reference sees envFrom and earlier env only', () => {
    const env = 'env: [{ name: A, value: "$(B)$(C)" }, { name: B, value: "1" }, { name: D, value: "$(B)" }]';
    const text = pod(`envFrom: [{ configMapRef: { name: a } }], ${env}`) + configMap('a', 'C: c');
    expect(values(text)).toEqual({ A: '$(B)c', B: '1', C: 'c', D: '1' });
  });

  test('S-101 a reference to a value that is not known gives none, and so does one that a Service can give', () => {
    const gone = '{ name: A, valueFrom: { secretKeyRef: { name: gone, key: k } } }';
    const env = `env: [${gone}, { name: B, value: "x$(A)" }, { name: C, value: $(REDIS_SERVICE_PORT) }, { name: D, value: $(DB_PORT_5432_TCP_ADDR) }]`;
    expect(values(pod(env))).toEqual({ A: '?', B: '?', C: '?', D: '?' });
  });

  test('S-101 beside a source that the input lacks, an undefined name is not known', () =>
    expect(
      values(pod('envFrom: [{ configMapRef: { name: gone } }], env: [{ name: A, value: "$(X)" }]')),
    ).toEqual({ A: '?' }));

  test('S-104 values from objects are not expanded', () => {
    const env =
      'env: [{ name: PORT, value: "1" }, { name: B, valueFrom: { configMapKeyRef: { name: a, key: U } } }]';
    const text = pod(`envFrom: [{ configMapRef: { name: a } }], ${env}`) + configMap('a', 'U: "$(PORT)$$"');
    expect(values(text)).toEqual({ PORT: '1', U: '$(PORT)$$', B: '$(PORT)$$' });
  });

  test('S-105 arguments see the whole environment, unknown ones have no value', () => {
    const gone = '{ name: A, valueFrom: { secretKeyRef: { name: gone, key: k } } }';
    const { container, environment } = told(
      pod(`args: ["--port=$(PORT)", "$(A)", "$(B)", $$], env: [${gone}, { name: PORT, value: "1" }]`),
    );
    const given = container.args?.map(({ value }) => expandArgument(value, environment).value);
    expect(given).toEqual(['--port=1', undefined, '$(B)', '$']);
  });

  test('S-106 labels and annotations of the template are known, other fields only at run time', () => {
    const field = (name: string, path: string): string =>
      `{ name: ${name}, valueFrom: { fieldRef: { fieldPath: "${path}" } } }`;
    const env = [
      field('PORT', "metadata.annotations['example.com/port']"),
      field('APP', "metadata.labels['app']"),
      field('NONE', "metadata.labels['none']"),
      field('HASH', "metadata.labels['pod-template-hash']"),
      field('IP', 'status.podIP'),
    ];
    const metadata = 'labels: { app: shop }, annotations: { example.com/port: "8080" }';
    expect(values(pod(`env: [${env.join(', ')}]`, '', metadata))).toEqual({
      PORT: '8080',
      APP: 'shop',
      NONE: '',
      HASH: '?',
      IP: '?',
    });
  });

  test('S-107 a source of another kind is not known', () =>
    expect(
      values(pod('env: [{ name: A, valueFrom: { fileKeyRef: { volumeName: v, path: p, key: k } } }]')),
    ).toEqual({ A: '?' }));

  test('every variable points at the text that spells its value, or at what refers to it', () => {
    const { environment } = told(
      pod(
        `envFrom: [{ configMapRef: { name: a } }], env: [{ name: B, value: "two" }, { name: C, valueFrom: { secretKeyRef: { name: s, key: k } } }, { name: D, valueFrom: { secretKeyRef: { name: s, key: gone } } }, { name: E, valueFrom: { fieldRef: { fieldPath: metadata.uid } } }]`,
      ) +
        configMap('a', 'A: one') +
        secret('s', 'k: three'),
    );
    const shown = environment.variables
      .where(() => true)
      .map(({ name, at, from }) => [name, textOf(at), from]);
    expect(shown).toEqual([
      ['A', 'one', 'ConfigMap shop/a'],
      ['B', '"two"', 'env'],
      ['C', 'three', 'Secret shop/s'],
      ['D', 'gone', 'Secret shop/s'],
      ['E', 'metadata.uid', 'metadata.uid'],
    ]);
  });

  test('S-098 a name that no API server accepts is no variable', () => {
    const from = 'envFrom: [{ prefix: "A=", configMapRef: { name: a } }]';
    const env = 'env: [{ name: "B=C", value: "1" }, { name: "D E", value: "2" }]';
    expect(values(pod(`${from}, ${env}`) + configMap('a', 'PORT: x'))).toEqual({ 'D E': '2' });
  });

  test('what was written over is kept, in order', () => {
    const from = 'envFrom: [{ configMapRef: { name: a } }, { configMapRef: { name: b } }]';
    const { environment } = told(
      pod(`${from}, env: [{ name: PORT, value: "3" }]`) +
        configMap('a', 'PORT: "1"') +
        configMap('b', 'PORT: "2"'),
    );
    expect(environment.overwritten('PORT').map(({ value, from }) => [value, from])).toEqual([
      ['1', 'ConfigMap shop/a'],
      ['2', 'ConfigMap shop/b'],
    ]);
  });
});

describe('findVariable', () => {
  const redis = service('redis', '{ port: 6379 }');
  const image = imageConfig({
    env: new Map([
      ['PORT', '80'],
      ['REDIS_PORT', '1'],
      ['HOST', '::'],
    ]),
  });

  test("S-092 the Pod's own value, then a Service link, then the image's ENV", () => {
    const { environment } = told(pod('env: [{ name: PORT, value: "3" }]') + redis, image);
    expect(findVariable(environment, 'PORT')).toMatchObject({ value: '3', origin: 'pod' });
    expect(findVariable(environment, 'REDIS_PORT')).toMatchObject({ value: undefined, origin: 'service' });
    expect(findVariable(environment, 'REDIS_SERVICE_PORT')).toMatchObject({
      value: '6379',
      origin: 'service',
      from: 'Service shop/redis',
    });
    expect(findVariable(environment, 'HOST')).toMatchObject({
      value: '::',
      origin: 'image',
      at: undefined,
      from: 'ENV of Dockerfile',
    });
    expect(findVariable(environment, 'NONE')).toBeUndefined();
  });

  test('S-092 a source that the input lacks leaves the ENV of the image as it is seen', () => {
    const { environment } = told(pod('envFrom: [{ configMapRef: { name: gone } }]'), image);
    expect(environment.complete).toBe(false);
    expect(findVariable(environment, 'PORT')?.origin).toBe('image');
  });

  test('S-112 a value of the Pod stands before a link', () => {
    const { environment } = told(pod('env: [{ name: REDIS_PORT, value: "6379" }]') + redis);
    expect(findVariable(environment, 'REDIS_PORT')).toMatchObject({ value: '6379', origin: 'pod' });
  });
});

describe('expansion', () => {
  test('S-101 the ENV of the image is not seen', () => {
    const { values } = told(
      pod('env: [{ name: PATH, value: "$(PATH):/x" }]'),
      imageConfig({ env: new Map([['PATH', '/bin']]) }),
    );
    expect(values).toEqual({ PATH: '$(PATH):/x' });
  });

  test('S-101 a Service link is seen, by entries of env and by arguments', () => {
    const env =
      'env: [{ name: A, value: $(REDIS_SERVICE_PORT) }, { name: B, value: "$(REDIS_PORT)" }, { name: C, value: $(REDIS_PORT_6379_TCP_PORT) }]';
    const { values, environment } = told(pod(env) + service('redis', '{ port: 6379 }'));
    expect(values).toEqual({ A: '6379', B: '?', C: '6379' });
    expect(expandArgument('--port=$(REDIS_SERVICE_PORT)', environment).value).toBe('--port=6379');
  });

  test('S-114 without links no Service outside the input can give a name', () => {
    const env = 'env: [{ name: A, value: $(REDIS_SERVICE_PORT) }, { name: B, value: $(KUBERNETES_PORT) }]';
    expect(values(pod(env, 'enableServiceLinks: false'))).toEqual({ A: '$(REDIS_SERVICE_PORT)', B: '?' });
  });

  test('a part that is not known is marked', () => {
    const { environment } = told(
      pod(
        'env: [{ name: A, valueFrom: { fieldRef: { fieldPath: status.podIP } } }, { name: P, value: "1" }]',
      ),
    );
    expect(expandArgument('$(A):$(P)', environment)).toEqual({
      value: undefined,
      marked: '\0:1',
      secret: false,
      tooLong: false,
    });
  });
});
