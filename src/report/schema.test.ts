import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { COMPLETE } from '../testing/complete-report.ts';
import { reportOf, VARIED } from '../testing/report-of.ts';
import { renderJson } from './json.ts';
import type {
  ReportChain,
  ReportFix,
  ReportGround,
  ReportLink,
  ReportMissing,
  ReportSource,
  Severity,
  State,
} from './report.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'));
const isValid = new Ajv2020().compile(schema);

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

/** What programs get of a report that has every field. */
const complete = (): Json => JSON.parse(renderJson(COMPLETE));

/** Every path to a value, one item for each list. */
function* pathsOf(value: Json, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* pathsOf(item, [...path, index]);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) yield* pathsOf(item, [...path, key]);
  }
}

function at(root: Json, path: readonly (string | number)[]): { holder: Record<string, Json>; key: string } {
  let holder = root as Record<string, Json>;
  for (const step of path.slice(0, -1)) holder = holder[String(step)] as Record<string, Json>;
  return { holder, key: String(path.at(-1)) };
}

const isObject = (root: Json, path: readonly (string | number)[]): boolean => {
  const { holder, key } = at(root, path);
  return typeof holder[key] === 'object' && !Array.isArray(holder[key]);
};

interface Part {
  readonly $ref?: string;
  readonly anyOf?: readonly Part[];
  readonly items?: Part;
  readonly properties?: Readonly<Record<string, Part>>;
}

/** What is said of a value that is there: references followed, `or null` left aside. */
function follow(part: Part): Part {
  if (part.$ref) return follow(schema.$defs[part.$ref.replace('#/$defs/', '')]);
  return part.anyOf ? follow(part.anyOf[0]!) : part;
}

/** The part of the schema that a path is described by. */
const describedBy = (path: readonly (string | number)[]): Part =>
  path.reduce(
    (part: Part, step) => follow((typeof step === 'number' ? part.items : part.properties?.[step]) ?? {}),
    schema,
  );

/** Every field that the schema describes, as a path of names; a part within itself is described once. */
function* fieldsOf(
  part: Part,
  path: readonly string[] = [],
  around: readonly Part[] = [],
): Generator<string> {
  const { items, properties = {} } = follow(part);
  if (path.length > 0) yield path.join('.');
  const within = [...around, follow(part)];
  if (items && !around.includes(follow(items))) yield* fieldsOf(items, [...path, '[]'], within);
  for (const [name, field] of Object.entries(properties)) yield* fieldsOf(field, [...path, name], within);
}

test('a report of everything is valid', () => {
  expect(isValid(JSON.parse(renderJson(reportOf(VARIED)))), JSON.stringify(isValid.errors)).toBe(true);
});

test('the report of nothing is valid', () => {
  expect(isValid(JSON.parse(renderJson(reportOf({}))))).toBe(true);
});

describe('the schema and the report hold each other', () => {
  const paths = [...pathsOf(complete())];
  const named = new Map(
    paths.map((path) => [path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.'), path]),
  );

  const isValidWith = (
    path: readonly (string | number)[],
    change: (value: Json) => Json | undefined,
  ): boolean => {
    const changed = complete();
    const { holder, key } = at(changed, path);
    const value = change(holder[key]!);
    if (value === undefined) delete holder[key];
    else holder[key] = value;
    return isValid(changed);
  };

  test('a report with every field is valid', () => {
    expect(isValid(complete()), JSON.stringify(isValid.errors)).toBe(true);
  });

  test('each describes every field of the other', () => {
    expect([...fieldsOf(schema)].toSorted()).toEqual([...named.keys()].toSorted());
  });

  test.each([...named].filter(([, path]) => typeof path.at(-1) === 'string'))(
    'without %s it is invalid, unless it may be left out',
    (name, path) => {
      const mayBeLeftOut =
        /^(links\.\[\]\.(from|to|nearest|forwards\.\[\])\.(container|origin|port|port\.(name|number|protocol)|targetPort)|links\.\[\]\.grounds\.\[\]\.(source|at|command|socket|connection|connection\.(from|address|answer\.(status|by)))|links\.\[\]\.(witnesses|disagreeing|nearest|forwards)|drift|steps|steps\.\[\]\.reason|errors\.\[\]\.fault|made|denied|denied\.\[\]\.namespace|configuration|plan\.\[\]\.(with|object|reason|help|beside)|.*labels\.\[\]\.origin|denied|denied\.\[\]\.namespace|passedBy|failOn|baseline|changedSince|findings\.\[\]\.(ignored|usualSeverity|known|fixes\.\[\]\.changes)|ignores\.\[\]\.wrong)$/.test(
          name,
        );
      expect(isValidWith(path, () => undefined)).toBe(mayBeLeftOut);
    },
  );

  test.each([...named])('with another type of %s it is invalid', (_, path) => {
    expect(isValidWith(path, (value) => (typeof value === 'boolean' ? 'yes' : true))).toBe(false);
  });

  test.each([...named])('%s is null only where the type says so', (name, path) => {
    const mayBeNull =
      /^(links\.\[\]\.(to|(from|to|nearest|forwards\.\[\])\.location|disagreeing\.\[\]\.to|grounds\.\[\]\.location)|chains\.\[\]\.entry\.(host|path|pathType|port)|findings\.\[\]\.link|drift\.\[\]\.(hops\.\[\]\.)?(files|cluster))$/;
    expect(isValidWith(path, () => null)).toBe(mayBeNull.test(name));
  });

  test.each([...named].filter(([, path]) => typeof path.at(-1) === 'number'))(
    '%s may be none, unless something is always there',
    (name, path) => {
      const always = /^(sets|findings\.\[\]\.labels|findings\.\[\]\.fixes\.\[\]\.edits)\.\[\]$/;
      expect(isValidWith(path.slice(0, -1), () => [])).toBe(!always.test(name));
    },
  );

  test.each([...named].filter(([name]) => /(^|\.)(line|column|endLine|endColumn)$/i.test(name)))(
    '%s counts from 1',
    (_, path) => {
      expect([0, 1.5, 1].map((number) => isValidWith(path, () => number))).toEqual([false, false, true]);
    },
  );

  test.each([...named].filter(([, path]) => isObject(complete(), path)))(
    '%s may get more fields',
    (_, path) => {
      expect(isValidWith(path, (value) => ({ ...(value as object), addedLater: true }))).toBe(true);
    },
  );
});

test('a branch of a chain is described however deep it lies', () => {
  const report = complete() as unknown as { chains: { tree: unknown }[] };
  const nested = (next: unknown): unknown => [{ link: 'bind-1', next: [{ link: 'bind-1', next }] }];
  expect(
    [[], [{ link: 'config-1' }], 'config-1'].map((next) => {
      report.chains[0]!.tree = nested(next);
      return isValid(report);
    }),
  ).toEqual([true, false, false]);
});

/** Every member of a union, or it does not compile. */
const membersOf = <Member extends string>(members: Record<Member, true>): string[] => Object.keys(members);

const states = membersOf<State>({ whole: true, broken: true, unproved: true });

test.each<[string, (string | number)[], string[]]>([
  [
    'a source kind',
    ['sources', 0, 'kind'],
    membersOf<ReportSource['kind']>({
      file: true,
      stdin: true,
      url: true,
      helm: true,
      kustomize: true,
      compose: true,
      cluster: true,
    }),
  ],
  ['a state of a link', ['links', 0, 'state'], states],
  [
    'an evidence',
    ['links', 0, 'evidence'],
    membersOf<ReportLink['evidence']>({ declared: true, inferred: true, observed: true }),
  ],
  [
    'a ground',
    ['links', 0, 'grounds', 0, 'kind'],
    membersOf<ReportGround['kind']>({
      declared: true,
      'image-fact': true,
      'framework-fact': true,
      variable: true,
      flag: true,
      'mounted-file': true,
      dockerfile: true,
      'image-config': true,
      configuration: true,
      log: true,
      socket: true,
      connection: true,
      'endpoint-slice': true,
      condition: true,
      event: true,
    }),
  ],
  [
    'what is missing',
    ['links', 0, 'missing', 0, 'kind'],
    membersOf<ReportMissing['kind']>({
      image: true,
      program: true,
      argument: true,
      variable: true,
      file: true,
      object: true,
      controller: true,
      operator: true,
      observation: true,
      built: true,
    }),
  ],
  ['a state of a chain', ['chains', 0, 'state'], states],
  [
    'an entry kind',
    ['chains', 0, 'entry', 'kind'],
    membersOf<ReportChain['entry']['kind']>({
      ingress: true,
      gateway: true,
      'load-balancer': true,
      'node-port': true,
      'host-port': true,
      cluster: true,
    }),
  ],
  [
    'a severity',
    ['findings', 0, 'severity'],
    membersOf<Severity>({ error: true, warning: true, info: true }),
  ],
  [
    'an applicability',
    ['findings', 0, 'fixes', 0, 'applicability'],
    membersOf<ReportFix['applicability']>({ safe: true, unsafe: true }),
  ],
])('%s is one of those that the type has', (_, path, members) => {
  expect(describedBy(path)).toMatchObject({ enum: members });
});

test('names that every object of JavaScript has are names like others: each way in has its protocol and port', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
  const report = reportOf(
    names
      .map(
        (name) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data: { "9000": "default/web:80" }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: r${names.indexOf(name)} }
spec:
  entryPoints: [${name}]
  routes: [{ kind: Rule, match: "Host(\`a.b\`)", services: [{ name: web, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web${names.indexOf(name)} }
spec: { ports: [{ port: 80, protocol: ${name} }] }
`,
      )
      .join('---\n'),
  );
  expect(report.chains.length).toBeGreaterThan(names.length);
  expect(isValid(JSON.parse(renderJson(report))), JSON.stringify(isValid.errors)).toBe(true);
});
