import { describe, expect, test } from 'vitest';
import { exitOf } from '../cli/exit-codes.ts';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import { KIND_DECODERS } from '../model/decode.ts';
import { type KindDecoder, kindsOf } from '../model/kind.ts';
import type { Resource, Service } from '../model/model.ts';
import { checkManifests } from '../public/index.ts';
import type { Report } from '../report/report.ts';
import { renderSarif } from '../report/sarif.ts';
import { renderText } from '../report/text/render.ts';
import { plainStyle } from '../report/text/style.ts';
import { allRules } from '../rules/index.ts';
import { defineRule, type Rule, type Report as Told } from '../rules/rule.ts';
import { decodersWith } from '../testing/decoders-with.ts';
import { DOCK, listedRules } from '../testing/sarif-of.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { type CheckOptions, check } from './check.ts';
import { toReport } from './to-report.ts';

const report = (manifests: Readonly<Record<string, string>>, options: Partial<CheckOptions> = {}): Report =>
  toReport(check(sourcesOf(manifests), { rules: allRules, ...options }), { version: '1.2.3' });

const healthy = report({ 'app.yaml': DOCK });

const faulty = (run: Rule['check']): Rule =>
  defineRule({ id: 'faulty-rule', severity: 'error', summary: 'Throws.', check: run });

const overflow = (): never => overflow();

const BROKEN = 'apiVersion: v1\nkind: Service\nmetadata: [\n';

describe('a rule that throws', () => {
  const service = (graph: Parameters<Rule['check']>[0]): Told => {
    const [one] = graph.model.services;
    return {
      message: 'a finding',
      resources: [one!],
      field: 'spec',
      labels: [{ at: one!.nameAt, message: 'here' }],
    };
  };

  test.each<[string, Rule['check'], string]>([
    [
      'at once',
      () => {
        throw new TypeError('no such thing\nat a line of its own');
      },
      'TypeError: no such thing',
    ],
    [
      'after a finding',
      function* (graph) {
        yield service(graph);
        throw new Error('the second is one too many');
      },
      'Error: the second is one too many',
    ],
    ['out of stack', overflow, 'RangeError: Maximum call stack size exceeded'],
    [
      'what is no error',
      () => {
        throw null;
      },
      'null',
    ],
    [
      'what cannot be looked at',
      () => {
        throw { toString: overflow };
      },
      'something that has no words',
    ],
    [
      'a finding that marks nothing',
      function* (graph) {
        yield { ...service(graph), labels: [] as unknown as Told['labels'] };
      },
      'TypeError: a finding without a label',
    ],
    [
      'a label without a place',
      function* (graph) {
        yield { ...service(graph), labels: [{ message: 'here' }] as unknown as Told['labels'] };
      },
      'TypeError: a label that marks no place',
    ],
    [
      'a label in a text that nobody gave',
      function* (graph) {
        const at = { source: { path: 'x' }, start: 0, end: 1 } as unknown as Told['labels'][0]['at'];
        yield { ...service(graph), labels: [{ at, message: 'here' }] };
      },
      'TypeError: a label that marks no place',
    ],
    [
      'a note that is no text',
      function* (graph) {
        yield { ...service(graph), help: [5] as unknown as string[] };
      },
      'TypeError: notes or help that are no texts',
    ],
    [
      'a finding that says nothing',
      function* (graph) {
        yield { ...service(graph), message: undefined as unknown as string };
      },
      'TypeError: a finding without a message or a field',
    ],
    [
      'a fix that changes nothing',
      function* (graph) {
        yield { ...service(graph), fixes: [{ title: 'do it', applicability: 'safe', edits: [] }] };
      },
      'TypeError: a fix without an edit: do it',
    ],
    [
      'a fix whose edits overlap',
      function* (graph) {
        const { labels } = service(graph);
        const edits = [
          { at: labels[0].at, text: 'dock' },
          { at: labels[0].at, text: 'pier' },
        ];
        yield { ...service(graph), fixes: [{ title: 'do both', applicability: 'safe', edits }] };
      },
      'TypeError: edits that overlap: do both',
    ],
  ])('%s costs its own findings alone', (_, run, cause) => {
    const [first, ...others] = allRules;
    const found = checkManifests([{ path: 'app.yaml', text: DOCK }], {
      rules: [first!, faulty(run), ...others],
    });
    expect(found.findings).toEqual(healthy.findings);
    expect(found.findings).not.toEqual([]);
    expect([found.links, found.chains, found.summary]).toEqual([
      healthy.links,
      healthy.chains,
      healthy.summary,
    ]);
    expect(found.errors).toEqual([
      {
        path: '',
        line: 1,
        column: 1,
        message: `rule \`faulty-rule\` failed, and its findings are missing: ${cause}`,
        fault: { part: 'rule', name: 'faulty-rule', cause },
      },
    ]);
    expect(exitOf(found)).toBe(3);
  });

  test('in one set of two has no findings in either, and is told once', () => {
    const dev = { 'dev/app.yaml': DOCK, 'prod/app.yaml': DOCK };
    const rule = faulty(function* (graph) {
      if (graph.model.setName === 'prod') throw new Error('not here');
      yield service(graph);
    });
    const found = report(dev, { rules: [rule] });
    expect(found.findings).toEqual([]);
    expect(found.errors.map(({ fault }) => fault?.name)).toEqual(['faulty-rule']);
  });

  test('is told in text and SARIF without a place, and beside what could not be read', () => {
    const manifests = { 'app.yaml': DOCK, 'bad.yaml': BROKEN };
    const found = report(manifests, { rules: [faulty(overflow)] });
    const text = renderText(found, {
      width: 100,
      style: plainStyle,
      textOf: (path) => manifests[path as 'app.yaml'],
    });
    expect(text).toMatch(/^error: rule `faulty-rule` failed, and its findings are missing: RangeError/m);
    expect(text).toMatch(/^1 input error, 1 fault of portolan in 3 resources/m);
    expect(text).toMatch(/^a fault of portolan is no mistake of the input/m);
    const [notification] = JSON.parse(renderSarif(found, listedRules)).runs[0].invocations[0]
      .toolExecutionNotifications;
    expect(notification).toEqual({
      level: 'error',
      message: { text: expect.stringContaining('faulty-rule') },
      associatedRule: { id: 'faulty-rule' },
    });
    expect(exitOf(found)).toBe(3);
    expect(exitOf(report({ 'bad.yaml': BROKEN }))).toBe(2);
  });
});

describe('a decoder that throws', () => {
  /** On objects of one name. */
  const failing = (kind: string, name: string): readonly KindDecoder[] =>
    decodersWith(kind, (resource) => (resource.name === name ? overflow() : resource));
  const other = DOCK.replaceAll('dock', 'pier');

  test('costs the object that it read, and its line is told', () => {
    const found = report(
      { 'dock.yaml': DOCK, 'pier.yaml': other },
      { kinds: kindsOf(failing('Deployment', 'pier')) },
    );
    expect(found.findings).toEqual(
      report({ 'dock.yaml': DOCK, 'pier.yaml': other.split('---').slice(0, 2).join('---') }).findings,
    );
    expect(found.summary.resources).toBe(6);
    expect(found.errors).toEqual([
      {
        path: 'pier.yaml',
        line: 18,
        column: 1,
        message: expect.stringMatching(/^the decoder of kind Deployment failed, .*: RangeError/),
        fault: { part: 'decoder', name: 'Deployment', cause: expect.stringMatching(/^RangeError/) },
      },
    ]);
    expect(exitOf(found)).toBe(3);
  });

  test('costs one item of a List', () => {
    const item = (name: string): string =>
      `  - { apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { selector: { a: b }, ports: [{ port: 80 }] } }`;
    const found = report(
      { 'list.yaml': ['apiVersion: v1', 'kind: List', 'items:', item('dock'), item('pier'), ''].join('\n') },
      { kinds: kindsOf(failing('Service', 'dock')) },
    );
    expect(found.errors.map(({ line, column }) => [line, column])).toEqual([[4, 5]]);
    expect(found.chains.map(({ entry }) => entry.resource.name)).toEqual(['pier']);
  });

  test('does not repeat what a Secret holds', () => {
    const decoders = KIND_DECODERS.map((decoder) => ({
      ...decoder,
      decode: () => {
        throw new SyntaxError('Unexpected token in "hunter2"');
      },
    }));
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: key }\nstringData: { a: hunter2 }\n';
    const found = report({ 'secret.yaml': secret }, { kinds: kindsOf(decoders) });
    expect(found.errors.map(({ fault }) => fault?.cause)).toEqual(['SyntaxError']);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

describe('an object with which following throws', () => {
  const failing = (kind: string, isMeant: (name: string) => boolean): readonly KindDecoder[] =>
    decodersWith(kind, (resource) =>
      isMeant(resource.name) ? Object.defineProperty({ ...resource }, 'ports', { get: overflow }) : resource,
    );
  const service = (name: string): string =>
    DOCK.split('---')
      .find((document) => document.includes('kind: Service'))!
      .replaceAll('dock', name);
  const told = (found: Report): (string | undefined)[] => found.errors.map(({ fault }) => fault?.name);

  test('is set aside by itself, and told', () => {
    const manifests = { 'dock.yaml': DOCK, 'pier.yaml': service('pier') };
    const kinds = kindsOf(failing('Service', (name) => name === 'pier'));
    const found = report(manifests, { kinds });
    expect(found.links).toEqual(healthy.links.map((link) => expect.objectContaining({ id: link.id })));
    expect(found.findings.length).toBe(healthy.findings.length);
    expect(found.errors).toEqual([
      {
        path: 'pier.yaml',
        line: expect.any(Number),
        column: expect.any(Number),
        message: 'following Service pier failed, and what hangs on it is missing: RangeError',
        fault: { part: 'graph', name: 'Service', cause: 'RangeError' },
      },
    ]);
    expect(exitOf(found)).toBe(3);
  });

  test('is found among many, and all of a kind go at once', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`${at}.yaml`, service(`pier-${at}`)]),
    );
    const few = report(
      { ...many, 'dock.yaml': DOCK },
      { kinds: kindsOf(failing('Service', (name) => /-(?:7|31)$/.test(name))) },
    );
    expect(few.errors.map(({ path }) => path)).toEqual(['31.yaml', '7.yaml']);
    const all = report(
      { ...many, 'dock.yaml': DOCK },
      { kinds: kindsOf(failing('Service', (name) => name.startsWith('pier'))) },
    );
    expect(new Set(told(all))).toEqual(new Set(['Service']));
    expect(all.summary.resources).toBe(few.summary.resources);
  });
});

describe('a reader of configuration files that throws', () => {
  const mounted = (kind: 'ConfigMap' | 'Secret'): string => `
apiVersion: v1
kind: ${kind}
metadata: { name: conf, namespace: harbour }
${kind === 'Secret' ? 'stringData' : 'data'}:
  nginx.conf: |
    events {}
    http { server { listen 8080; } }
---
apiVersion: v1
kind: Service
metadata: { name: dock, namespace: harbour }
spec: { selector: { app: dock }, ports: [{ port: 80, targetPort: 9090 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: dock, namespace: harbour, labels: { app: dock } }
spec:
  containers:
    - name: dock
      image: nginx:1.27
      volumeMounts: [{ name: conf, mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf }]
  volumes: [{ name: conf, ${kind === 'Secret' ? 'secret: { secretName: conf }' : 'configMap: { name: conf }'} }]
`;
  const settings = {
    ...DEFAULT_SETTINGS,
    configReaderOf: () => () => {
      throw new Error('lost in listen 8080');
    },
  };

  test('leaves open what its files say, and their line is told', () => {
    expect(report({ 'app.yaml': mounted('ConfigMap') }).findings.map(({ rule }) => rule)).toEqual([
      'unbound-target-port',
    ]);
    const found = report({ 'app.yaml': mounted('ConfigMap') }, { settings });
    expect(found.findings).toEqual([]);
    const message =
      'the reader of nginx configuration failed on nginx.conf of ConfigMap harbour/conf, and what it opens is not known: Error: lost in listen 8080';
    expect(found.errors).toEqual([
      {
        path: 'app.yaml',
        line: 6,
        column: 15,
        message,
        fault: { part: 'config-reader', name: 'nginx', cause: 'Error: lost in listen 8080' },
      },
    ]);
    const bind = found.links.find(({ kind }) => kind === 'bind');
    expect(bind?.state).toBe('unproved');
    expect(bind?.reason).toContain('lost in listen 8080');
    expect(exitOf(found)).toBe(3);
  });

  test('does not repeat what a Secret holds', () => {
    const found = report({ 'app.yaml': mounted('Secret') }, { settings });
    expect(found.errors.map(({ fault }) => fault?.cause)).toEqual(['Error']);
    expect(JSON.stringify(found)).not.toContain('lost in');
  });
});

describe('a process', () => {
  const pod = (image: string): string => `apiVersion: v1
kind: Service
metadata: { name: dock }
spec: { selector: { app: dock }, ports: [{ port: 80, targetPort: 9090 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: dock, labels: { app: dock } }
spec:
  containers:
    - name: dock
      image: ${image}
`;

  test('whose look throws is unknown, and costs no other', () => {
    const facts = (image: string) => {
      if (image.startsWith('nginx')) throw new RangeError('too deep');
      return DEFAULT_SETTINGS.facts(image);
    };
    const found = report({ 'app.yaml': pod('nginx:1') }, { settings: { ...DEFAULT_SETTINGS, facts } });
    expect(found.errors.map(({ fault }) => fault?.part)).toEqual(['process']);
    expect(found.errors[0]?.message).toMatch(/^looking at what container \w+ runs failed.*RangeError$/);
    expect(found.links.find(({ kind }) => kind === 'bind')?.state).toBe('unproved');
    expect(exitOf(found)).toBe(3);
  });

  test('whose environment throws is unknown too', () => {
    const imageConfig = (image: string) => {
      if (image.startsWith('nginx')) throw new RangeError('password=hunter2');
      return undefined;
    };
    const found = report({ 'app.yaml': pod('nginx:1') }, { settings: { ...DEFAULT_SETTINGS, imageConfig } });
    expect(found.errors.map(({ fault }) => [fault?.part, fault?.cause])).toEqual([['process', 'RangeError']]);
    expect(found.links.find(({ kind }) => kind === 'bind')?.state).toBe('unproved');
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(exitOf(found)).toBe(3);
  });

  test('of an image with a name of millions of letters is looked at', () => {
    expect(report({ 'app.yaml': pod(`a${'/a'.repeat(4_000_000)}`) }).errors).toEqual([]);
  });
});

describe('a fix whose trial throws is not offered, and that is told', () => {
  /** Calls the dock's port something else than its Service does, with a fix for it. */
  const misnamed = (name: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${name} }
spec: { selector: { app: dock }, ports: [{ port: 80, targetPort: htpt }] }
---
apiVersion: v1
kind: Pod
metadata: { name: dock, namespace: ${name}, labels: { app: dock } }
spec: { containers: [{ name: dock, image: quay.example/dock, ports: [{ name: http, containerPort: 8080 }] }] }
`;
  /** So many neighbourhoods that they are followed together. */
  const manifests = Object.fromEntries(
    ['dock', 'pier', 'quay', ...Array.from({ length: 20 }, (_, at) => `mole-${at}`)].map((name) => [
      `${name}.yaml`,
      misnamed(name),
    ]),
  );
  const offered = (found: Report): (string | undefined)[] =>
    found.findings
      .filter(({ fixes }) => fixes.some(({ title }) => title === 'point targetPort at `http`'))
      .map(({ labels }) => labels[0]?.location.path)
      .toSorted();
  const healthy = report(manifests);
  const withoutPier = offered(healthy).filter((path) => path !== 'pier.yaml');
  const isMended = (one: Resource): boolean =>
    one.name === 'pier' && (one as Service).ports[0]?.targetPort?.value === 'http';
  const expectTold = (found: Report, cause: string): void => {
    expect(offered(found)).toEqual(withoutPier);
    expect(found.errors).toEqual([
      {
        ...{ path: 'pier.yaml', line: 5, column: expect.any(Number) },
        message: `trying a fix of \`unresolved-target-port\` failed, so that it is not offered (point targetPort at \`http\`): ${cause}`,
        fault: { part: 'trial', name: 'unresolved-target-port', cause },
      },
    ]);
    expect(exitOf(found)).toBe(3);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  };
  const changedService = (change: (read: Resource) => Resource) =>
    kindsOf(decodersWith('Service', (read) => (isMended(read) ? change(read) : read)));

  test('where all are offered otherwise', () => {
    expect(withoutPier.length).toBe(22);
    expect(offered(healthy).length).toBe(23);
  });

  test('as what it makes cannot be decoded', () => {
    expectTold(
      report(manifests, { kinds: changedService(overflow) }),
      'RangeError: Maximum call stack size exceeded',
    );
  });

  test('as what it makes cannot be followed', () => {
    const kinds = changedService((read) =>
      Object.defineProperty({ ...read }, 'ports', {
        get() {
          throw new TypeError('password=hunter2');
        },
      }),
    );
    expectTold(report(manifests, { kinds }), 'TypeError');
  });

  test('as a rule fails on what it makes', () => {
    const rule = faulty(({ model }) => {
      if (model.services.some(isMended)) throw new TypeError('not mended');
      return [];
    });
    expectTold(report(manifests, { rules: [...allRules, rule] }), 'TypeError: not mended');
  });

  test('but not as a rule fails that failed before', () => {
    const found = report(manifests, { rules: [...allRules, faulty(overflow)] });
    expect(offered(found)).toEqual(offered(healthy));
    expect(found.errors.map(({ fault }) => fault?.part)).toEqual(['rule']);
  });

  test('nor as a process cannot be looked at that could not be before', () => {
    const facts = (): never => overflow();
    const found = report(manifests, { settings: { ...DEFAULT_SETTINGS, facts } });
    expect(offered(found)).toEqual(offered(healthy));
    expect(new Set(found.errors.map(({ fault }) => fault?.part))).toEqual(new Set(['process']));
  });

  test('as the look at a process fails on what it makes', () => {
    let isMade = false;
    const kinds = changedService((read) => {
      isMade = true;
      return read;
    });
    const facts = (image: string) => {
      if (isMade) throw new RangeError('password=hunter2');
      return DEFAULT_SETTINGS.facts(image);
    };
    const found = report(
      { 'pier.yaml': misnamed('pier') },
      { kinds, settings: { ...DEFAULT_SETTINGS, facts } },
    );
    expect(offered(found)).toEqual([]);
    expect(found.errors.map(({ fault }) => [fault?.part, fault?.cause])).toContainEqual([
      'trial',
      'RangeError',
    ]);
  });
});

test('a link whose words throw stands without its reason, and all others are told', () => {
  const result = check(sourcesOf({ 'app.yaml': DOCK }), { rules: allRules });
  const [{ graph }] = result.sets as [(typeof result.sets)[number]];
  const [link] = graph.targetPorts;
  Object.defineProperty(link, 'proof', {
    get() {
      throw new TypeError('password=hunter2');
    },
  });
  const found = toReport(result, { version: '1.2.3' });
  expect(found.links.map(({ id }) => id)).toEqual(healthy.links.map(({ id }) => id));
  const told = found.links.filter(({ reason }) => reason.startsWith('the words for this link failed'));
  expect(told.map(({ kind, from }) => [kind, from.resource.kind])).toEqual([['target-port', 'Service']]);
  expect(found.errors.map(({ fault }) => fault)).toEqual([
    { part: 'link', name: 'target-port', cause: 'TypeError' },
  ]);
  expect(JSON.stringify(found)).not.toContain('hunter2');
  expect(exitOf(found)).toBe(3);
});
