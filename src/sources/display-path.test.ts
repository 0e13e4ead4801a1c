import { expect, test } from 'vitest';
import { displayPath } from './display-path.ts';

test.each([
  ['/harbour/shop/app.yaml', '/harbour', 'shop/app.yaml'],
  ['/harbour', '/harbour', '.'],
  ['/harbour/shop/app.yaml', '/harbour/quay', '../shop/app.yaml'],
  ['/harbour/app.yaml', '/harbour/a/b/c', '../../../app.yaml'],
  ['/harbour/app.yaml', '/harbour/a/b/c/d', '/harbour/app.yaml'],
  ['/harbour', '/harbour/a/b/c/d', '/harbour'],
  ['/harbour/..app.yaml', '/harbour', '..app.yaml'],
  ['/harbour/a\x1b[31m\n\x9b.yaml', '/harbour', 'a\\x1b[31m\\x0a\\x9b.yaml'],
])('%j seen from %s is %s', (path, cwd, shown) => {
  expect(displayPath(path, cwd)).toBe(shown);
});
