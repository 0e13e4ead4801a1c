import { readdirSync, readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

/** What throws at what it is given, and is none of ours: their answer is that it is not of the form. */
const JUDGES: ReadonlySet<string> = new Set([
  ...['JSON.parse', 'atob', 'decodeURI', 'RegExp', 'TextDecoder', 'Uint8Array.from', 'Intl.DateTimeFormat'],
  // smol-toml
  'parse',
]);
/** Methods of texts, lists and objects that are asked beside them. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['decode', 'charCodeAt', 'replace', 'toLowerCase', 'find', 'entries', 'toString'],
]);

/** Where our own code is called, and who tells of what it throws. */
const TOLD_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['engine/follow-sets.ts', 'the objects that it finds are told'],
  ['engine/known-secrets.ts', 'told where the object is followed'],
  ['engine/to-unproved.ts', 'a link whose words throw says so itself'],
  ['text/fault.ts', 'it words what was thrown'],
]);

const root = new URL('.', import.meta.url);
/** The floors that only think; others ask the system, which may refuse anything. */
const THINKING = /^(?:text|model|process|graph|questions|rules|report|config|observe|engine|fix)\//;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => THINKING.test(file) && /(?<!\.test|\.d)\.ts$/.test(file),
);

/** Calls whose errors nobody looks at. */
function swallowed(file: string, text: string): string[] {
  const found: string[] = [];
  const tries: { readonly start: number; readonly end: number }[] = [];
  const calls: { readonly start: number; readonly callee: string }[] = [];
  const called = (
    callee: { start: number; end: number; type: string; property?: unknown },
    start: number,
  ) => {
    const words = text.slice(callee.start, callee.end);
    const method = /\.(\w+)$/.exec(words)?.[1] ?? '';
    if (!JUDGES.has(words) && !(method && PLAIN.has(method))) calls.push({ start, callee: words });
  };
  new Visitor({
    TryStatement({ block, handler }) {
      if (handler && handler.param === null) tries.push(block);
    },
    CallExpression: ({ callee, start }) => called(callee, start),
    NewExpression: ({ callee, start }) => called(callee, start),
  }).visit(parseSync(file, text).program);
  for (const { start, callee } of calls)
    if (tries.some((one) => start >= one.start && start < one.end)) found.push(callee);
  return found;
}

test.each(files)('%s tells of whatever of ours throws', (file) => {
  if (TOLD_ELSEWHERE.has(file)) return;
  expect(swallowed(file, readFileSync(new URL(file, root), 'utf8'))).toEqual([]);
});

test('who is excused swallows something', () => {
  for (const file of TOLD_ELSEWHERE.keys())
    expect(swallowed(file, readFileSync(new URL(file, root), 'utf8')).length, file).toBeGreaterThan(0);
});

describe('a fault is seen', () => {
  test.each([
    ['try { return mapOf(parse(text)); } catch { return undefined; }', 'mapOf'],
    ['try { yield* this.#follow(batch); } catch { this.leave(); }', 'this.#follow'],
    ['try { for (const one of all) { f(() => new Thing(one)); } } catch { /* no */ }', 'f'],
  ])('%s', (code, callee) => {
    expect(swallowed('a.ts', `function* a() { ${code} }`)).toContain(callee);
  });

  test.each([
    'try { return JSON.parse(text); } catch { return undefined; }',
    'try { return mapOf(text); } catch (thrown) { return failed(thrown); }',
    'try { return 1; } catch { return other(); }',
  ])('%s is none', (code) => {
    expect(swallowed('a.ts', `function a() { ${code} }`)).toEqual([]);
  });
});
