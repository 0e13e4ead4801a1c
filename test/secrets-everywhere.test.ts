import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOfPage } from '../src/testing/data-of-page.ts';
import { PLANTED, SPELLINGS } from '../src/testing/planted-secrets.ts';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');
const folder = mkdtempSync(join(tmpdir(), 'planted-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What was written to files is read back from there. */
const COMMANDS: readonly (readonly [says: string, ...args: readonly string[]])[] = [
  [
    'check',
    'check',
    ...[
      'text',
      'json',
      'sarif',
      'html',
      'github',
      'gitlab',
      'junit',
      'rdjsonl',
      'markdown',
      'prometheus',
    ].flatMap((format) => ['-o', `${format}=said/check.${format}`]),
    'planted',
  ],
  ['every document', 'check', '--strict', '--raw', 'planted'],
  ['github', 'check', '-o', 'github', 'planted'],
  ['baseline', 'check', '--write-baseline', '--baseline', 'said/baseline', 'planted'],
  ['plan', 'check', '--plan', 'planted'],
  ['plan in JSON', 'check', '--plan', '-o', 'json', 'planted'],
  ...['svg', 'html', 'mermaid', 'dot'].map(
    (format) => [`map as ${format}`, 'map', '-o', format, 'planted'] as const,
  ),
  ['trace', 'trace', 'svc/till', 'planted/11'],
  ['a trace of the whole', 'trace', 'http://till/', 'planted'],
  ['fix', 'fix', 'planted'],
  ['fix of either end', 'fix', '--unsafe', '--end', 'service', '--rule', 'unresolved-target-port', 'planted'],
  ['a configuration', 'check', '--config', 'planted/0/till.yaml', 'planted'],
  ['a baseline that is none', 'check', '--baseline', 'planted/0/till.yaml', 'planted'],
  ['values', 'check', '--values', 'planted/0/till.yaml', 'planted'],
  ['standard input', 'check', '-'],
];

const said = new Map<string, string>();
beforeAll(() => {
  mkdirSync(join(folder, 'said'));
  for (const [at, [, text]] of PLANTED.entries()) {
    mkdirSync(join(folder, 'planted', String(at)), { recursive: true });
    writeFileSync(join(folder, 'planted', String(at), 'till.yaml'), text);
  }
  // A template makes all of a text one.
  const input = PLANTED.flatMap(([, text]) => (text.includes('{{') ? [] : text)).join('\n---\n');
  for (const [says, ...args] of COMMANDS) {
    const { stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd: folder,
      encoding: 'utf8',
      input,
      env: { ...process.env, GITHUB_STEP_SUMMARY: join(folder, 'said', 'summary') },
    });
    said.set(says, stdout + stderr);
  }
  for (const name of readdirSync(join(folder, 'said')))
    said.set(name, readFileSync(join(folder, 'said', name), 'utf8'));
  for (const [name, text] of said)
    if (text.includes('id="data"')) said.set(`data of ${name}`, dataOfPage(text));
}, 240_000);

/** What is counted, or deflated, names nothing; the page's data are looked at by themselves. */
const NAMELESS: ReadonlySet<string> = new Set(['check', 'check.prometheus', 'check.html', 'map as html']);

test('each command and format says something of what was planted', () => {
  const silent = [...said].filter(([name, text]) => !NAMELESS.has(name) && !/till/.test(text));
  expect(silent).toEqual([]);
});

test.each(SPELLINGS)('no command and no format says %s', (spelling) => {
  for (const [name, text] of said) {
    const at = text.indexOf(spelling);
    expect(at === -1 ? '' : `${name}: ${text.slice(Math.max(0, at - 200), at + 60)}`).toBe('');
  }
});
