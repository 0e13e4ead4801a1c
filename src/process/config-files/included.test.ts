import { expect, test } from 'vitest';
import { filesNamed, resolvePath } from './included.ts';
import { configMapOf, filesOf } from './testing-files.ts';

const NAMES = ['a.conf', 'b-1.conf', 'b-2.conf', 'b.conf.bak', '.hidden.conf', 'a(1)+.conf'];
const files = filesOf(configMapOf(Object.fromEntries(NAMES.map((name) => [`"${name}"`, 'x']))), '/etc/app');

test.each<[string, string[]]>([
  ['/etc/app/*.conf', ['a(1)+.conf', 'a.conf', 'b-1.conf', 'b-2.conf']],
  ['/etc/app/*', ['a(1)+.conf', 'a.conf', 'b-1.conf', 'b-2.conf', 'b.conf.bak']],
  ['/etc/app/b-?.conf', ['b-1.conf', 'b-2.conf']],
  ['/etc/app/[!b]*.conf', ['a(1)+.conf', 'a.conf']],
  ['/etc/app/b-[2-9].c*f', ['b-2.conf']],
  ['/etc/app/*b*.*f', ['b-1.conf', 'b-2.conf']],
  ['/etc/app/.*', ['.hidden.conf']],
  ['/etc/*/a.conf', ['a.conf']],
  ['/etc/app/a(?)+.conf', ['a(1)+.conf']],
  ['/etc/app/[z-a]*', []],
  ['/etc/*', []],
  ['/etc/app/a.conf', ['a.conf']],
])('%s', (pattern, names) => {
  expect(filesNamed(files, pattern).map(({ path }) => path.replace('/etc/app/', ''))).toEqual(names);
});

test('a pattern of many stars ends', () => {
  const [file] = filesOf(configMapOf({ [`"${'a'.repeat(250)}"`]: 'x' }), '/etc/app');
  expect(filesNamed([file!], `/etc/app/${'*a'.repeat(40)}*b`)).toEqual([]);
  expect(filesNamed([file!], `/etc/app/${'*a'.repeat(40)}*`)).toHaveLength(1);
});

test.each([
  ['/etc/nginx', 'conf.d/*.conf', '/etc/nginx/conf.d/*.conf'],
  ['/etc/nginx', '/a//b/./c/', '/a/b/c'],
  ['/etc/nginx', '../../../x', '/x'],
])('%s and %s', (directory, path, resolved) => {
  expect(resolvePath(directory, path)).toBe(resolved);
});
