// Results as Markdown, and where they stand in the documentation.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { BARE_NODE, CHECK } from './commands.mjs';
import { GROWTH } from './growth.mjs';
import { TARGETS } from './targets.mjs';

/** @typedef {import('./targets.mjs').Result} Result */

const START = '<!-- bench: written by `npm run bench -- --write` -->';
const END = '<!-- /bench -->';

/** @param {Map<string, Result>} results @param {{ rounds: number, missing: string[], options: string }} about */
export function markdown(results, { rounds, missing, options }) {
  return [
    `Machine: ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()}, Node ${process.versions.node}. ` +
      `Medians of ${rounds} interleaved rounds (\`npm run bench${options}\`).` +
      (missing.length > 0 ? ` Not installed there, so not compared with: ${missing.join(', ')}.` : ''),
    targetTable(results),
    caseTable(results),
    growthTable(results),
  ].join('\n\n');
}

/** @param {Map<string, Result>} results */
function targetTable(results) {
  const rows = TARGETS.map(({ id, says, judge }) => {
    const { measured, met } = judge(results);
    return [id, says, measured, met === undefined ? 'not known' : met ? 'met' : '**not met**'];
  });
  return table(['#', 'target', 'measured', ''], rows);
}

/** @param {Map<string, Result>} results */
function caseTable(results) {
  const trees = [...results.values()].filter(({ id }) => !id.startsWith('grown-'));
  const rows = trees.flatMap(({ id, resources, commands }) => {
    const bare = commands.get(BARE_NODE)?.seconds;
    const check = commands.get(CHECK)?.seconds;
    return [...commands].map(([name, { seconds, peak }], index) => [
      index === 0 ? id : '',
      index === 0 ? (resources?.toLocaleString('en') ?? '') : '',
      name,
      seconds.toFixed(3),
      bare === undefined || name === BARE_NODE ? '' : (seconds / bare).toFixed(2),
      check === undefined || name === CHECK ? '' : (check / seconds).toFixed(2),
      peak === undefined ? '' : (peak / 1e6).toFixed(0),
    ]);
  });
  return table(
    ['case', 'resources', 'command', 'seconds', '× bare node', 'portolan check ÷ this', 'peak MB'],
    rows,
  );
}

/** @param {Map<string, Result>} results */
function growthTable(results) {
  const of = (name, n) => results.get(`grown-${name}-${n}`)?.commands.get(CHECK)?.seconds.toFixed(3) ?? '';
  const rows = Object.entries(GROWTH)
    .filter(([name, { least }]) => results.has(`grown-${name}-${least}`))
    .map(([name, { says, least }]) => [name, says, least, of(name, least), of(name, 4 * least)]);
  return table(['T9', 'what meets what', 'n', 'seconds for n', 'for 4n'], rows);
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Replaces what stands between the two markers. @param {string} file @param {string} text */
export function writeBetweenMarkers(file, text) {
  const before = readFileSync(file, 'utf8');
  const [start, end] = [before.indexOf(START), before.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${file} has no two markers ${START} … ${END}`);
  writeFileSync(file, `${before.slice(0, start + START.length)}\n\n${text}\n\n${before.slice(end)}`);
}
