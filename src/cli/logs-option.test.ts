import { describe, expect, test } from 'vitest';
import { parseLogsOption } from './logs-option.ts';
import { UsageError } from './usage-error.ts';

describe('CONTAINER=FILE', () => {
  test.each([
    ['web=app.log', 'web', undefined, undefined, 'app.log'],
    ['shop/web=app.log', 'web', 'shop', undefined, 'app.log'],
    ['deploy/shop/web=app.log', 'web', 'shop', 'Deployment', 'app.log'],
    ['StatefulSet/shop/web=-', 'web', 'shop', 'StatefulSet', '-'],
    ['web=logs/a=b.log', 'web', undefined, undefined, 'logs/a=b.log'],
  ])('%s', (text, container, name, kind, file) =>
    expect(parseLogsOption(text)).toEqual({ owner: { container, name, kind }, file }),
  );

  test.each([
    ['web', '`--logs web` is no CONTAINER=FILE'],
    ['=app.log', 'is no CONTAINER=FILE'],
    ['web=', 'is no CONTAINER=FILE'],
    ['', 'is no CONTAINER=FILE'],
    ['a/deploy/shop/web=app.log', '`a/deploy/shop/web` is no container'],
    ['/web=app.log', '`/web` is no container'],
    ['deploymnet/shop/web=app.log', '`deploymnet` is no kind; the kinds are'],
  ])('%j is none', (text, message) => {
    expect(() => parseLogsOption(text)).toThrow(UsageError);
    expect(() => parseLogsOption(text)).toThrow(message);
  });
});
