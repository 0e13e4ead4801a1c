import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { exitOf } from '../src/cli/exit-codes.ts';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import { KIND_DECODERS, KINDS } from '../src/model/decode.ts';
import { type KindDecoder, kindsOf } from '../src/model/kind.ts';
import type { Resource } from '../src/model/model.ts';
import { renderJson } from '../src/report/json.ts';
import type { Report } from '../src/report/report.ts';
import { allRules } from '../src/rules/index.ts';
import { decodersWith } from '../src/testing/decoders-with.ts';
import type { SourceFile } from '../src/text/source.ts';

const root = new URL('../', import.meta.url);
const isValid = new Ajv2020().compile(
  JSON.parse(readFileSync(new URL('schema/report.schema.json', root), 'utf8')),
);

/** One object of each kind at least, and what refers to it. */
const fixtures: readonly SourceFile[] = [
  ['kinds.yaml', readFileSync(new URL('test/fixtures/kinds.yaml', root), 'utf8')] as const,
  ...readdirSync(new URL('examples/', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!config)\.yaml$/.test(file))
    .map((file) => [file, readFileSync(new URL(`examples/${file}`, root), 'utf8')] as const),
].map(([path, text]) => ({ path, text, kind: 'file', editable: true }));

/** Which object it is: without these there is nothing that could be set aside. */
const WHICH: ReadonlySet<string> = new Set([
  ...['shape', 'api', 'kind', 'apiVersion', 'namespace', 'name', 'nameAt', 'source', 'start'],
]);

/** The decoders, of which that of one kind leaves a field that throws when somebody looks at it. */
const planted = (kind: string, field: string): readonly KindDecoder[] =>
  decodersWith(kind, (read) =>
    Object.defineProperty({ ...read }, field, {
      enumerable: false,
      get: () => {
        throw new RangeError('password=hunter2');
      },
    }),
  );

const reportOf = (source: SourceFile, decoders?: readonly KindDecoder[]): Report => {
  const kinds = decoders ? kindsOf(decoders) : KINDS;
  return toReport(check([source], { rules: allRules, kinds }), { version: '0.0.0' });
};

const fieldsOf = (resources: readonly Resource[]): string[] =>
  [...new Set(resources.flatMap((one) => Object.keys(one)))].filter((field) => !WHICH.has(field));

/** For each kind the smallest input that has one. */
const holders = new Map(
  KIND_DECODERS.map(({ kind }) => kind).flatMap((kind) => {
    const all = fixtures.filter(({ text }) => new RegExp(`^kind: ${kind}$`, 'm').test(text));
    const [smallest] = all.toSorted((a, b) => a.text.length - b.text.length);
    return smallest ? [[kind, smallest] as const] : [];
  }),
);

test('nearly every kind is held by an input', () => {
  expect(holders.size).toBeGreaterThan(30);
});

/** Of an object that throws, words that might be secret are dots. */
const saying = ({ rule, severity, field, resources: [first] }: Report['findings'][number]): string =>
  [severity, rule, first?.kind, first?.name, field].join(' ');

describe.each([...holders])('%s', (kind, source) => {
  const healthy = check([source], { rules: allRules });
  const own = healthy.sets
    .flatMap(({ graph }) => graph.model.resources)
    .filter((one) => one.kind === kind && one.shape !== 'other');
  const before = new Set(toReport(healthy, { version: '0.0.0' }).findings.map(saying));

  test.each(fieldsOf(own))('whose %s throws costs no other object, and no run', (field) => {
    const report = reportOf(source, planted(kind, field));
    if (!isValid(JSON.parse(renderJson(report)))) expect(isValid.errors).toEqual([]);
    expect(JSON.stringify(report)).not.toContain('hunter2');
    // What nobody looks at costs nothing.
    if (report.errors.length === 0) return;
    expect(report.errors.every(({ fault }) => fault)).toBe(true);
    expect(exitOf(report)).toBe(3);
    // What is set aside makes no error of what hangs on it.
    const news = report.findings.filter(({ severity }) => severity === 'error').map(saying);
    expect(news.filter((one) => !before.has(one))).toEqual([]);
  });
});
