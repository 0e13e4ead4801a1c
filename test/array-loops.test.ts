import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTypes } from '../scripts/array-loops.mjs';

/** Each says in an array what it came by. */
const REWRITTEN: Readonly<Record<string, string>> = {
  counted: 'for (const one of [1, 2, 3]) told.push(one);',
  continued: 'for (const one of [1, 2, 3]) { if (one === 2) continue; told.push(one); }',
  left: 'for (const one of [1, 2, 3]) { if (one === 2) break; told.push(one); }',
  labelled:
    'outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (b === a) continue outer; told.push(a, b); }',
  'kept by functions':
    'const kept: (() => number)[] = []; for (const one of [1, 2]) kept.push(() => one); for (const ask of kept) told.push(ask());',
  'written to': 'for (let one of [1, 2]) { one += 1; told.push(one); }',
  'grown meanwhile':
    'const list = [1, 2]; for (const one of list) { if (list.length < 5) list.push(one); told.push(one); }',
  'with holes': 'const list: (number | undefined)[] = [1, , 3]; for (const one of list) told.push(one);',
  'made once':
    'let made = 0; const make = (): number[] => { made += 1; return [1, 2]; }; for (const one of make()) told.push(one, made);',
  'with places': "for (const [at, one] of ['a', 'b'].entries()) told.push(at, one);",
  'with places alone': "for (const [at] of ['a', 'b'].entries()) told.push(at);",
  'without places': "for (const [, one] of ['a', 'b'].entries()) told.push(one);",
  'taken apart':
    'const pairs: [number, string][] = [[1, "a"], [2, "b"]]; for (const [at, one] of pairs) told.push(at, one);',
  'objects within': 'for (const { a, ...more } of [{ a: 1, b: 2 }]) told.push(a, more.b);',
  'a union':
    'const list = [1, 2] as readonly number[] | [number, string]; for (const one of list) told.push(one);',
  'under a comment': 'for (const one of [1] /* those */) /* all */ told.push(one); // told',
  declared: 'const [a, , b] = [1, 2, 3]; told.push(a, b);',
  'declared beside others':
    'const pair: [number, number] = [1, 2]; const [a] = pair, [, b] = pair, c = 3; told.push(a, b, c);',
  'declared with more within':
    'const pair: [{ a: number }, number] = [{ a: 1 }, 2]; const [{ a }, b] = pair; told.push(a, b);',
  'declared to be changed': 'let [a, b] = [1, 2]; a += b; b = a; told.push(a, b);',
  'declared of what holds a loop':
    'const [a] = (() => { for (const one of [1]) told.push(one); return [2]; })(); told.push(a);',
};
const LEFT: Readonly<Record<string, string>> = {
  'a map': 'for (const [key, one] of new Map([[1, 2]])) told.push(key, one);',
  'a set': 'for (const one of new Set([1, 2])) told.push(one);',
  'a text': "for (const one of 'a\u{1F6A2}b') told.push(one);",
  'a generator':
    'function* made(): Generator<number> { told.push(0); yield 1; told.push(2); yield 3; } for (const one of made()) told.push(one);',
  'an array or a set':
    'const list = new Set([1]) as readonly number[] | ReadonlySet<number>; for (const one of list) told.push(one);',
  anything: 'const list: any = new Set([1]); for (const one of list) told.push(one);',
  'places of a map': 'for (const [key, one] of new Map([[1, 2]]).entries()) told.push(key, one);',
  'a rest': 'const [a, ...more] = [1, 2, 3]; told.push(a, more);',
  'what stands in': 'const [a = 4] = [undefined as number | undefined]; told.push(a);',
  bytes: 'for (const one of Uint8Array.of(1, 2)) told.push(one);',
};

const folder = mkdtempSync(join(tmpdir(), 'array-loops-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bodies = Object.entries({ ...REWRITTEN, ...LEFT });
const before = bodies.map(
  ([, body], at) =>
    `export function f${at}(): unknown[] { const told: unknown[] = []; ${body}\nreturn told; }`,
);
let after: readonly string[];
beforeAll(() => {
  const [file, project] = [join(folder, 'loops.ts'), join(folder, 'tsconfig.json')];
  writeFileSync(file, before.join('\n/* next */\n'));
  writeFileSync(
    project,
    JSON.stringify({ compilerOptions: { target: 'es2023', strict: true }, include: ['loops.ts'] }),
  );
  const types = openTypes(project);
  after = types.rewritten(file)!.split('\n/* next */\n');
  types.close();
}, 60_000);

async function told(texts: readonly string[], name: string): Promise<Record<string, unknown[]>> {
  const { code } = transformSync(texts.join('\n'), { loader: 'ts', format: 'esm' });
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  const made = (await import(pathToFileURL(file).href)) as Record<string, () => unknown[]>;
  return Object.fromEntries(bodies.map(([form], at) => [form, made[`f${at}`]!()]));
}

describe('what goes through an array', () => {
  test('says the same as before', async () => {
    expect(await told(after, 'after')).toEqual(await told(before, 'before'));
  });

  test.each(Object.keys(REWRITTEN))('counts, or asks for places: %s', (form) => {
    expect(after[bodies.findIndex(([one]) => one === form)]).toContain('$all');
  });

  test.each(Object.keys(LEFT))('is left alone where it is more than that, or no array: %s', (form) => {
    const at = bodies.findIndex(([one]) => one === form);
    expect(after[at]).toBe(before[at]);
  });
});
