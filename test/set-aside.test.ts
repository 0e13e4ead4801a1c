import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { calledIn, setAside } from '../scripts/set-aside.mjs';

interface Form {
  /** What esbuild would write of the files of a floor; `use` is of another. */
  readonly code: string;
  /** What tells in an array what it came by. */
  readonly use: string;
  /** Whether something of it is put aside. */
  readonly isMoved: boolean;
}

const FORMS: Readonly<Record<string, Form>> = {
  'a function': { code: 'function f(a) { return a + 1; }', use: 'told.push(f(1), f(2));', isMoved: true },
  'one that is never called': { code: 'function f() {}', use: 'if (false) f();', isMoved: true },
  'an arrow': { code: 'var f = (a, b = 2) => [a, b];', use: 'told.push(f(1), f(1, 3));', isMoved: true },
  'what takes things apart': {
    code: 'var f = ({ a }, [b], ...more) => [a, b, more];',
    use: 'told.push(f({ a: 1 }, [2], 3, 4));',
    isMoved: true,
  },
  'a generator': {
    code: 'function* f() { yield 1; yield 2; }',
    use: 'told.push(...f());',
    isMoved: true,
  },
  'what calls itself': {
    code: 'function f(n) { return n ? f(n - 1) + 1 : 0; }',
    use: 'told.push(f(3));',
    isMoved: true,
  },
  'what throws': {
    code: 'function f() { throw new Error("so"); }',
    use: 'try { f(); } catch ({ message }) { told.push(message); }',
    isMoved: true,
  },
  'with a value of its own': {
    code: 'var one = { two: new Map([[1, 2]]) }; function f(key) { return one.two.get(key); }',
    use: 'told.push(f(1), f(2));',
    isMoved: true,
  },
  'with a value that counts': {
    code: 'var count = 0; function next() { count += 1; return count; } function f() { return next(); }',
    use: 'told.push(f(), f());',
    isMoved: true,
  },
  'with a value that others know': {
    code: 'var one = [1]; function f() { one.push(2); }',
    use: 'f(); told.push(one);',
    isMoved: true,
  },
  'with a class': {
    code: 'class One { two = 2; } var f = () => new One().two;',
    use: 'told.push(f());',
    isMoved: true,
  },
  'a class that others make': {
    code: 'class One { two() { return 2; } }',
    use: 'told.push(new One().two());',
    isMoved: false,
  },
  'a value alone': { code: 'var one = 1;', use: 'told.push(one);', isMoved: false },
  'what is done when it is loaded': {
    code: 'var one = []; one.push(1);',
    use: 'told.push(one);',
    isMoved: false,
  },
  'what nobody names': { code: 'var one = told.push(1);', use: '', isMoved: false },
  'what is given a value later': {
    code: 'var one; function f() { one = 1; return g(); } function g() { return one; }',
    use: 'told.push(f());',
    isMoved: true,
  },
  'what is taken apart': { code: 'var [one] = [1];', use: 'told.push(one);', isMoved: false },
  'a value that another floor needs': {
    code: 'var one = 1;\n// src/c/c.ts\nfunction f() { return one; }',
    use: 'told.push(f());',
    isMoved: true,
  },
  'a list of functions': {
    code: 'function f() { return 1; } var all = [f];',
    use: 'told.push(all.map((one) => one()));',
    isMoved: false,
  },
  'what is told apart by who it is': {
    code: 'function f() {} var known = new Map([[f, 1]]); function g(one) { return known.get(one); }',
    use: 'told.push(g(f), g(() => {}));',
    isMoved: true,
  },
  'what becomes another function': {
    code: 'var f = () => 1; function change() { f = () => 2; }',
    use: 'told.push(f()); change(); told.push(f());',
    isMoved: true,
  },
  'a variable of that name': {
    code: 'var one = 1; function f(two) { const one = two; return { one }; }',
    use: 'told.push(f(3), one);',
    isMoved: true,
  },
  'a property of that name': {
    code: 'var one = 1; function f(of) { return of.one + one; }',
    use: 'told.push(f({ one: 2 }));',
    isMoved: true,
  },
  'what calls another floor': {
    code: 'function f() { return told.length; }\n// src/c/c.ts\nfunction g() { return f(); }',
    use: 'told.push(g(), g());',
    isMoved: true,
  },
  'what is kept as a value': {
    code: 'function f(a) { return a; }',
    use: 'const kept = f; told.push(f(1), kept(2), f(3));',
    isMoved: false,
  },
};

const bundle = ({ code, use }: Form): string =>
  `var told = [];\n// src/a/a.ts\n${code}\n// src/b/b.ts\n${use}\n`;

test.each(Object.entries(FORMS))('%s does the same', (_, form) => {
  const before = bundle(form);
  const after = setAside(before, new Set());
  expect(after !== before).toBe(form.isMoved);
  const told = (code: string): unknown => JSON.parse(JSON.stringify(runInNewContext(`${code};told`)));
  expect(told(after)).toEqual(told(before));
});

const folder = mkdtempSync(join(tmpdir(), 'set-aside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what a run calls stays, and only that', () => {
  const script = join(folder, 'bundle.cjs');
  const code =
    '// src/a/a.ts\nfunction called() { return 1; }\nfunction other() { return 2; }\nif (process.argv.length > 5) other();\ncalled();\n';
  writeFileSync(script, code);
  const called = calledIn(script, [script]);
  expect(called.has(code.indexOf('function called'))).toBe(true);
  const after = setAside(code, called);
  expect(after).toContain('\nfunction called() { return 1; }\n');
  expect(after).toMatch(/\(\(\) => \{\nfunction other\(\) \{ return 2; \}\nreturn \[other\];/);
});

test('code that is not of src/ stays, and a script that no run loads is told', () => {
  const code = '// node_modules/one/index.js\nfunction f() {}\n// src/a/a.ts\nf();\n';
  expect(setAside(code, new Set())).toBe(code);
  const script = join(folder, 'other.cjs');
  writeFileSync(script, '');
  expect(() => calledIn(join(folder, 'none.cjs'), [script])).toThrow('nothing of');
});
