import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import { renderJson } from '../src/report/json.ts';
import { renderDot, renderMermaid, renderSvg } from '../src/report/map/map.ts';
import type { Report, ReportChain } from '../src/report/report.ts';
import { renderSarif } from '../src/report/sarif.ts';
import { renderText } from '../src/report/text/render.ts';
import { plainStyle } from '../src/report/text/style.ts';
import { renderTrace } from '../src/report/trace/render.ts';
import { allRules } from '../src/rules/index.ts';
import { readYaml } from '../src/text/yaml.ts';
import type { YamlNode } from '../src/text/yaml-node.ts';

const examples = new URL('../examples/', import.meta.url);
const manifests = [
  ...readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => new URL(file, examples)),
  new URL('fixtures/kinds.yaml', import.meta.url),
].map((file) => readFileSync(file, 'utf8'));

const isValid = new Ajv2020().compile(
  JSON.parse(readFileSync(new URL('../schema/report.schema.json', import.meta.url), 'utf8')),
);

/** The whole way from text to each reader; what is said is looked at for its shape, and for what steers a terminal. */
function runOn(text: string, { isDrawn = true, isSecret = true } = {}): void {
  const result = check([{ path: 'fuzz.yaml', text, kind: 'file', editable: true }], { rules: allRules });
  // Whatever throws is contained, and is a fault of ours all the same.
  expect(result.errors.filter(({ fault }) => fault)).toEqual([]);
  const report = toReport(result, { version: '0.0.0' });
  const json = renderJson(report);
  if (!isValid(JSON.parse(json))) expect(isValid.errors).toEqual([]);
  const traced = report.chains.map((chain) => ({ chain, tree: chain.tree, links: linksIn(report, chain) }));
  const shown = [
    renderText(report, { width: 80, style: plainStyle, textOf: () => text }),
    renderTrace(report, traced, plainStyle),
  ].join('\n');
  if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]|^\s*::/m.test(shown)) expect(shown).toBe('clean');
  const drawn = isDrawn ? [renderSvg(report), renderDot(report), renderMermaid(report)].join('\n') : '';
  if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]|##vso\[|^\s*::|<script|<a |onload=(?!alert)/m.test(drawn))
    expect(drawn).toBe('clean');
  const sarif = renderSarif(report, []);
  for (const one of isSecret ? [json, shown, drawn, sarif] : [])
    if (one.includes(PLANTED)) expect(one).not.toContain(PLANTED);
  if (/[\x7f-\x9f\u202a-\u202e]/.test(json + sarif)) expect(json + sarif).toBe('clean');
  for (const { line, column } of report.errors) expect(line >= 1 && column >= 1).toBe(true);
}

const linksIn = (report: Report, { links }: ReportChain) => {
  const own = new Set(links);
  return report.links.filter(({ id }) => own.has(id));
};

const manifest = fc.constantFrom(...manifests);
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, where: number): number => Math.floor(where * text.length);

test('random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => runOn(new TextDecoder('latin1').decode(bytes))),
    { numRuns: 300 },
  );
});

test('manifests that are cut off', () => {
  fc.assert(
    fc.property(manifest, place, (text, where) => runOn(text.slice(0, at(text, where)))),
    { numRuns: 200 },
  );
});

test('manifests spliced into one another', () => {
  fc.assert(
    fc.property(manifest, manifest, place, place, (a, b, from, to) =>
      runOn(a.slice(0, at(a, from)) + b.slice(at(b, to))),
    ),
    { numRuns: 200 },
  );
});

const scalar = fc.oneof(
  fc.constantFrom(
    'null',
    '[]',
    '{}',
    '- a',
    '"',
    "'",
    '|',
    '&a',
    '*a',
    '!!int x',
    '<<: *a',
    '-1',
    '1e9',
    '99999999999',
    '.inf',
    'true',
    '{{ .Values.port }}',
    '${PORT}',
    '\u0000',
    '\u001b[31m',
  ),
  fc.string(),
);

test('manifests with a value replaced by anything', () => {
  fc.assert(
    fc.property(manifest, place, scalar, (text, where, value) => {
      const lines = text.split('\n');
      const index = Math.min(at('x'.repeat(lines.length), where), lines.length - 1);
      lines[index] = lines[index]!.replace(/: .*$/, `: ${value.replaceAll('$', '$$$$')}`);
      runOn(lines.join('\n'));
    }),
    { numRuns: 400 },
  );
});

type Value = null | string | number | boolean | Value[] | { [key: string]: Value };

function plainOf(node: YamlNode): Value {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
}

const deep = (levels: number): Value => (levels === 0 ? [] : { a: deep(levels - 1) });

/** Each wrong shape that a field can have, and words that mean something to JavaScript, to a shell or to a reader. */
const SHAPES: readonly Value[] = [
  ...[
    null,
    '',
    ' ',
    'x',
    'constructor',
    '__proto__',
    'toString',
    'a'.repeat(300),
    'A-_.~',
    '0',
    '65536',
    '*',
  ],
  ...[0, -1, 8080, 65_536, 1.5, 1e21, true, false, [], {}, [[]], [null], [{}], ['x'], [0], [true], deep(60)],
  ...[{ name: [] }, { a: null }, { ['__proto__']: 1, constructor: {} }, { number: 'x', name: 8080 }],
  ...[
    '$(A)$(B)',
    '${A:-${B}}',
    '{{ .Values.x }}',
    '::error::x',
    'a\n::error::x',
    '##[add-mask]x',
    '](https://x)',
  ],
  ...[
    '\u001b[31m',
    '\u009b',
    '\u202e',
    '\ud800',
    '\u0000',
    '8080-',
    '-8080',
    '1-2',
    'a:1',
    '[::1]:80',
    'http://a:1@b:2',
  ],
  ...[
    'listen 80;',
    'server { include *; }',
    'sh -c "exec $0"',
    '/etc/nginx/conf.d',
    '%zz',
    '10%',
    '1Gi',
    '2026-11-29',
  ],
];

function pathsIn(value: Value, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const own = path.length > 0 ? [path] : [];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...path, key]))];
}

const PLANTED = 'hunter2-planted';

/** Secrets where manifests have them: in Secrets, in variables, arguments and URLs beside whatever is in a wrong shape. */
function planted(value: Value): Value {
  if (Array.isArray(value)) return value.map(planted);
  if (typeof value !== 'object' || value === null) return value;
  const all = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, planted(one)]));
  if (value.kind === 'Secret')
    all.stringData = { ...Object(all.stringData), PORT: PLANTED, 'a.conf': PLANTED };
  if (value.kind === 'ConfigMap')
    all.data = { ...Object(all.data), password: PLANTED, u: `http://a:${PLANTED}@s:80` };
  if (typeof value.image === 'string') {
    const variables = [
      { name: 'DB_PASSWORD', value: PLANTED },
      { name: 'DB_URL', value: `postgres://a:${PLANTED}@localhost:1/x` },
    ];
    all.env = [...(Array.isArray(all.env) ? all.env : []), ...variables];
    if (Array.isArray(all.args)) all.args = [...all.args, `--password=${PLANTED}`];
  }
  return all;
}

function replaced(value: Value, [step, ...more]: readonly (string | number)[], shape: Value): Value {
  if (step === undefined) return shape;
  const copy: Value = Array.isArray(value) ? [...value] : { ...(value as { [key: string]: Value }) };
  const holder = copy as { [key: string]: Value };
  Object.defineProperty(holder, step, {
    value: replaced(holder[step]!, more, shape),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 10_000);

test(`${INPUTS} manifests with one field in a wrong shape`, { timeout: 1_000 * INPUTS }, () => {
  const files = manifests
    .map((text) => readYaml(text).documents.flatMap(({ root }) => (root ? [plainOf(root)] : [])))
    .flatMap((documents) => [documents, documents.map(planted)])
    .map((documents) => ({ documents, paths: documents.map((one) => pathsIn(one)) }))
    .filter(({ documents }) => documents.length > 0);
  let seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 0x7fffffff));
  console.info(`wrong shapes: FUZZ_SEED=${seed}`);
  const random = (below: number): number => {
    // A linear congruential generator (Numerical Recipes); its high bits are good enough here.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let count = 0; count < INPUTS; count++) {
    const { documents, paths } = files[random(files.length)]!;
    const index = random(documents.length);
    const path = paths[index]![random(paths[index]!.length)]!;
    const shape = SHAPES[random(SHAPES.length)]!;
    // Some neighbours make the links; all of them would only take time.
    const first = Math.max(0, Math.min(index - 2, documents.length - 5));
    const text = documents
      .slice(first, first + 5)
      .map((one, at) => JSON.stringify(first + at === index ? replaced(one, path, shape) : one))
      .join('\n---\n');
    try {
      // A picture takes as long as all the rest.
      // Without its name or kind nothing says that a value is secret.
      runOn(text, { isDrawn: count % 4 === 0, isSecret: !/^(?:name|kind)$/.test(String(path.at(-1))) });
    } catch (error) {
      throw new Error(`${path.join('.')} = ${JSON.stringify(shape)}\n${text}\n${(error as Error).stack}`);
    }
  }
});
