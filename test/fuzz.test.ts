import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import { renderText } from '../src/report/text/render.ts';
import { plainStyle } from '../src/report/text/style.ts';
import { allRules } from '../src/rules/index.ts';

const examples = new URL('../examples/', import.meta.url);
const manifests = [
  ...readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => new URL(file, examples)),
  new URL('fixtures/kinds.yaml', import.meta.url),
].map((file) => readFileSync(file, 'utf8'));

/** The whole way from text to terminal; what it says is looked at only for being there. */
function runOn(text: string): void {
  const result = check([{ path: 'fuzz.yaml', text, kind: 'file', editable: true }], { rules: allRules });
  const report = toReport(result, { version: '0' });
  const shown = renderText(report, { width: 80, style: plainStyle, textOf: () => text });
  expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
  for (const { line, column } of report.errors) expect(line >= 1 && column >= 1).toBe(true);
}

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
