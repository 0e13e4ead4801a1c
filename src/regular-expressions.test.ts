import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

// Its checker of automata is deterministic; in this process, as the others need Java or a binary.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = createRequire(import.meta.url)('recheck') as typeof import('recheck');

/**
 * What the checker cannot take apart (look-arounds, references), read by hand: why no text makes it slow. A pattern
 * that changes is read again.
 */
const READ_BY_HAND: ReadonlyMap<string, string> = new Map([]);

const root = new URL('.', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.ts$/.test(file) && !/\.(?:test|d)\.ts$|testing/.test(file),
);

/** A literal stands where a value can: behind a bracket, a sign or a line's start. */
const LITERAL =
  /(?<=(?:^|[=(,:!&|?[{;\n]|=>|return)\s*)\/((?:[^\\/[\n*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([dgimsuvy]*)/gm;

const patternsIn = (text: string): { readonly source: string; readonly flags: string }[] =>
  [
    ...text
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
      .matchAll(LITERAL),
  ].map(([, source = '', flags = '']) => ({ source, flags }));

/** Without a repetition that has no end, the time has one. */
const repeats = (source: string): boolean => /[*+]|\{\d+,\}/.test(source);

const all = new Map(
  files.flatMap((file) =>
    patternsIn(readFileSync(new URL(file, root), 'utf8'))
      .filter(({ source }) => repeats(source))
      .map((pattern) => [`/${pattern.source}/${pattern.flags}`, { file, ...pattern }] as const),
  ),
);

const verdictOn = (source: string, flags: string): string => {
  const { status, ...rest } = checkSync(source, flags, { checker: 'automaton', timeout: null });
  return status === 'safe' ? status : `${status}: ${JSON.stringify(rest).slice(0, 300)}`;
};

test.each([...all].filter(([shown]) => !READ_BY_HAND.has(shown)))(
  '%s takes no longer than its text',
  (_, { source, flags }) => {
    expect(verdictOn(source, flags)).toBe('safe');
  },
);

test('what was read by hand is still there', () => {
  const there: ReadonlySet<string> = new Set(all.keys());
  expect([...READ_BY_HAND.keys()].filter((shown) => !there.has(shown))).toEqual([]);
});

test.each(['[\\r\\n]+$', '^-[a-z]*c[a-z]*$', '\\$\\{[^}]*\\}', '^#\\s*([a-z]+)\\s*=\\s*(.+?)\\s*$'])(
  '/%s/ is seen',
  (source) => {
    expect(verdictOn(source, '')).toMatch(/^vulnerable/);
  },
);

test('patterns are found where they stand', () => {
  expect(all.size).toBeGreaterThan(150);
});
