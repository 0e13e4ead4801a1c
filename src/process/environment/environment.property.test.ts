import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { configMap, pod, secret, service, told } from '../testing-containers.ts';

const NAMES = ['A', 'B', 'PORT', 'X_PORT', 'APP_A', 'X_SERVICE_PORT'] as const;
const PIECES = ['8', '$', '$$', '(', ')', ...NAMES.map((name) => `$(${name})`)] as const;

const name = fc.constantFrom(...NAMES);
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join(''));
const object = fc.constantFrom('one', 'two', 'gone');
const kind = fc.constantFrom('configMap', 'secret');
const data = fc.dictionary(name, text, { noNullPrototype: true });
const source = fc.record({ kind, object, prefix: fc.constantFrom('', 'APP_', 'X_'), optional: fc.boolean() });
const entry = fc.record({
  name,
  value: fc.option(text, { nil: undefined }),
  reference: fc.option(fc.record({ kind, object, key: name, optional: fc.boolean() }), { nil: undefined }),
});
const world = fc.record({
  objects: fc.record({
    configMap: fc.record({ one: data, two: data }),
    secret: fc.record({ one: data, two: data }),
  }),
  sources: fc.array(source, { maxLength: 4 }),
  entries: fc.array(entry, { maxLength: 6 }),
  /** The Service `x`, as far as the input has it. */
  service: fc.constantFrom('none', 'ClusterIP', 'headless'),
  enableServiceLinks: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** S-092..S-104, S-110..S-114 in the order that they are written down, `?` for what the input does not hold. */
function reference({
  objects,
  sources,
  entries,
  service,
  enableServiceLinks,
}: World): Record<string, string> {
  const variables: Record<string, string> = {};
  let sourceMissing = false;
  const held = (kind: string, name: string): Record<string, string> | undefined =>
    (objects as Record<string, Record<string, Record<string, string>>>)[kind]?.[name];
  for (const { kind, object, prefix } of sources) {
    const data = held(kind, object);
    if (data) for (const key of Object.keys(data)) variables[prefix + key] = data[key]!;
    else {
      sourceMissing = true;
      for (const known of Object.keys(variables)) if (known.startsWith(prefix)) variables[known] = '?';
    }
  }
  for (const { name, value, reference } of entries) {
    if (reference && !value) {
      const data = held(reference.kind, reference.object);
      if (data?.[reference.key] !== undefined) variables[name] = data[reference.key]!;
      else if (!data || !reference.optional) variables[name] = '?';
      continue;
    }
    let unknown = false;
    const expanded = (value ?? '').replace(/\$\$|\$\(([^)]*)\)|\$./gs, (match, known?: string) => {
      if (match === '$$') return '$';
      if (known === undefined) return match;
      const there = Object.hasOwn(variables, known) ? variables[known]! : undefined;
      if (there !== undefined && there !== '?') return there;
      if (there === '?' || sourceMissing) unknown = true;
      else if (known.startsWith('X_') && enableServiceLinks) {
        if (service === 'ClusterIP' && known === 'X_SERVICE_PORT') return '7000';
        // A Service `x-service` that the input lacks would give X_SERVICE_PORT as well.
        if (service !== 'headless' || known === 'X_SERVICE_PORT') unknown = true;
      }
      return match;
    });
    variables[name] = unknown ? '?' : expanded;
  }
  return variables;
}

function manifests({ objects, sources, entries, service: kind, enableServiceLinks }: World): string {
  const envFrom = sources.map(({ kind, object, prefix, optional }) => ({
    prefix,
    [`${kind}Ref`]: { name: object, optional },
  }));
  const env = entries.map(({ name, value, reference }) => ({
    name,
    ...(value === undefined ? {} : { value }),
    ...(reference && {
      valueFrom: {
        [`${reference.kind}KeyRef`]: {
          name: reference.object,
          key: reference.key,
          optional: reference.optional,
        },
      },
    }),
  }));
  const inside = (data: object): string => JSON.stringify(data).slice(1, -1);
  return [
    pod(
      `envFrom: ${JSON.stringify(envFrom)}, env: ${JSON.stringify(env)}`,
      `enableServiceLinks: ${enableServiceLinks}`,
    ),
    ...(kind === 'none'
      ? []
      : [service('x', '{ port: 7000 }', kind === 'headless' ? 'clusterIP: None' : '')]),
    ...Object.entries(objects.configMap).map(([name, data]) => configMap(name, inside(data))),
    ...Object.entries(objects.secret).map(([name, data]) => secret(name, inside(data))),
  ].join('');
}

test('the environment is the one that the semantics describe', () =>
  fc.assert(
    fc.property(world, (given) => {
      expect(told(manifests(given)).values).toEqual(reference(given));
    }),
    { numRuns: 500 },
  ));

test('no argument, command or value makes reading fail', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('--port', '-p', '--port=', '--port=3000', '$(PORT)', '-', '--', 'redis-server', '-c', ''),
  );
  const image = fc.constantFrom(
    'redis',
    'postgres:16',
    'traefik/whoami',
    'stefanprodan/podinfo',
    'nginx',
    'prom/prometheus',
  );
  fc.assert(
    fc.property(image, fc.array(word), fc.option(fc.array(word)), word, (name, args, command, value) => {
      const { process } = told(
        pod(
          `image: ${name}, args: ${JSON.stringify(args)}, command: ${JSON.stringify(command)}, env: [{ name: PORT, value: ${JSON.stringify(value)} }]`,
        ),
      );
      expect(process.complete).toBe(doubtsOf(process).length === 0);
      for (const { port } of process.listeners) expect(port).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
