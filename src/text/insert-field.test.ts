import { expect, test } from 'vitest';
import { applyEdits } from './edits.ts';
import { insertField } from './insert-field.ts';
import type { Location, SourceFile } from './source.ts';

const sourceOf = (text: string): SourceFile => ({ path: 'a.yaml', text, kind: 'file', editable: true });
const place = (source: SourceFile, part: string): Location => {
  const start = source.text.indexOf(part);
  return { source, start, end: start + part.length };
};

function inserted(text: string, map: string, after?: string): string {
  const source = sourceOf(text);
  const edit = insertField(place(source, map), 'name', 'x', after ? place(source, after) : undefined);
  return applyEdits(text, [{ start: edit.at.start, end: edit.at.end, text: edit.text }]);
}

test.each([
  ['block', '- port: 80\n  a: 1\n', 'port: 80\n  a: 1', '- name: x\n  port: 80\n  a: 1\n'],
  ['deep block', 'k:\n    -   port: 80\n', 'port: 80', 'k:\n    -   name: x\n        port: 80\n'],
  ['flow', '[{ port: 80 }]', '{ port: 80 }', '[{ name: x, port: 80 }]'],
  ['JSON', '[{"port": 80}]', '{"port": 80}', '[{"name": x, "port": 80}]'],
  ['JSON with spaces', '[{ "port": 80 }]', '{ "port": 80 }', '[{ "name": x, "port": 80 }]'],
  ['flow without spaces inside', '[{port: 80}]', '{port: 80}', '[{name: x, port: 80}]'],
  ['CRLF', '- port: 80\r\n', 'port: 80', '- name: x\r\n  port: 80\r\n'],
])('comes first in %s', (_, text, map, expected) => {
  expect(inserted(text, map)).toBe(expected);
});

test.each([
  ['block', '- port: 80\n  a: 1\n', 'port: 80\n  a: 1', '- port: 80\n  name: x\n  a: 1\n'],
  ['block with a comment', '- port: 80 # web\n', 'port: 80', '- port: 80 # web\n  name: x\n'],
  ['block at the end of the text', '- port: 80', 'port: 80', '- port: 80\n  name: x'],
  ['flow', '[{ port: 80, a: 1 }]', '{ port: 80, a: 1 }', '[{ port: 80, name: x, a: 1 }]'],
  ['JSON', '[{"port": 80}]', '{"port": 80}', '[{"port": 80, "name": x}]'],
  ['CRLF', '- port: 80\r\n  a: 1\r\n', 'port: 80\r\n  a: 1', '- port: 80\r\n  name: x\r\n  a: 1\r\n'],
])('follows a value in %s', (_, text, map, expected) => {
  expect(inserted(text, map, '80')).toBe(expected);
});

test('comes first when the value stands elsewhere, as a merged one does', () => {
  expect(inserted('a: &a { port: 80 }\nb:\n  - <<: *a\n', '<<: *a', '80')).toBe(
    'a: &a { port: 80 }\nb:\n  - name: x\n    <<: *a\n',
  );
});
