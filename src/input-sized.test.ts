import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** What stopped a run once, and where in the code the next one of its kind would stand. */
const FORBIDDEN: readonly { readonly why: string; readonly code: RegExp }[] = [
  {
    why: 'each argument lies on the stack, and 130,000 of them overflow it: use a loop, or `largest`',
    code: /(?:\.(?:push|unshift|concat|splice|apply)|Math\.(?:max|min)|fromCharCode|fromCodePoint)\((?:[^()[{\n]|\([^()\n]*\))*?\.\.\.(?!\w+: )/,
  },
  {
    why: 'a name from the input such as `constructor` finds what every object has: use `table` or a Map',
    code: /const \w+: (?:Readonly<)?Record<string,[^=]*= \{|(?<!table\(|table<[^>]*>\()\{ [\w'"/]+: [^{}\n]+ \}\)?\[(?!state\]|severity\])[a-z]/,
  },
];

const root = new URL('.', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.ts$/.test(file) && !/\.(?:test|d)\.ts$|testing/.test(file),
);

/** Headers of requests are written, and never looked up by a name of the input. */
const codeOf = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/const headers: Record.*$/gm, '');

const faults = (text: string): string[] =>
  FORBIDDEN.flatMap(({ why, code }) => {
    const found = code.exec(codeOf(text))?.[0];
    return found === undefined ? [] : [`${found}: ${why}`];
  });

test.each(files)('%s bears input of any size and name', (file) => {
  expect(faults(readFileSync(new URL(file, root), 'utf8'))).toEqual([]);
});

describe('a fault is seen', () => {
  test.each([
    'links.push(...follow(model));',
    'Math.max(...lines.map((line) => line.length), 1)',
    "const WORDS: Readonly<Record<string, string>> = { a: 'b' };",
    "const port = { web: 80, websecure: 443 }[name ?? ''];",
  ])('%s', (code) => {
    expect(faults(code)).not.toEqual([]);
  });
  test.each(['const all = [...a, ...b];', 'function f(...parts: string[]) {}', 'call({ ...a, b })'])(
    '%s is none',
    (code) => {
      expect(faults(code)).toEqual([]);
    },
  );
});
