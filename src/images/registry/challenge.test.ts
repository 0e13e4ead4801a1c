import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChallenge } from './challenge.ts';

test.each<[string, string, Record<string, string>]>([
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull,push"',
    'bearer',
    {
      realm: 'https://auth.docker.io/token',
      service: 'registry.docker.io',
      scope: 'repository:library/nginx:pull,push',
    },
  ],
  ['bearer Realm=x , SERVICE = "a\\"b"', 'bearer', { realm: 'x', service: 'a"b' }],
  ['Basic realm="Bearer realm=y"', 'basic', { realm: 'Bearer realm=y' }],
  ['Basic realm="x", Bearer realm="y",service="z"', 'bearer', { realm: 'y', service: 'z' }],
  ['Basic', 'basic', {}],
])('%s', (header, scheme, parameters) => {
  expect(readChallenge(header)).toEqual({ scheme, parameters: new Map(Object.entries(parameters)) });
});

test.each(['', 'Negotiate', 'Digest realm="x"'])('%j is nothing that we can answer', (header) => {
  expect(readChallenge(header)).toBeUndefined();
});

test('any header has an answer, soon', () => {
  const pieces = fc.constantFrom('Bearer ', 'basic', ' ', ',', '=', '"', '\\', 'realm', 'a="b"');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 200 }), (parts) => {
      readChallenge(parts.join(''));
    }),
  );
});
