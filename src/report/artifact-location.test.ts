import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toArtifactLocation } from './artifact-location.ts';

test.each([
  ['k8s/app.yaml', 'k8s/app.yaml'],
  ['../shared/app.yaml', '../shared/app.yaml'],
  ['my charts/app #1 100%.yaml', 'my%20charts/app%20%231%20100%25.yaml'],
  ['häfen/港?.yaml', 'h%C3%A4fen/%E6%B8%AF%3F.yaml'],
  // A colon in the first segment would read as a scheme (RFC 3986, 4.2).
  ['shop:prod/app.yaml', 'shop%3Aprod/app.yaml'],
  ['\ud800.yaml', '%EF%BF%BD.yaml'],
])('%s is relative to the checkout', (path, uri) => {
  expect(toArtifactLocation(path)).toEqual({ uri, uriBaseId: '%SRCROOT%' });
});

test.each([
  ['-', 'stdin'],
  ['/srv/my charts/app.yaml', 'file:///srv/my%20charts/app.yaml'],
  ['C:/charts/app #1.yaml', 'file:///C:/charts/app%20%231.yaml'],
  ['//nas/charts/app.yaml', 'file://nas/charts/app.yaml'],
  ['https://example.com/a%20b.yaml?ref=v1#top', 'https://example.com/a%20b.yaml?ref=v1#top'],
  ['https://[::1]:8080/app.yaml', 'https://[::1]:8080/app.yaml'],
  ['cluster://my context/shop/Service/web', 'cluster://my%20context/shop/Service/web'],
])('%s is not', (path, uri) => {
  expect(toArtifactLocation(path)).toEqual({ uri });
});

test('any relative path comes back from its URI', () => {
  const segment = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/^\.\.?$|^-$|[\\/]/.test(text));
  fc.assert(
    fc.property(fc.array(segment, { minLength: 2 }), (segments) => {
      const path = segments.join('/');
      fc.pre(!/^[a-z][a-z0-9+.-]*:\/|^[a-z]:\//i.test(path));
      const { pathname } = new URL(toArtifactLocation(path).uri, 'file:///');
      expect(decodeURIComponent(pathname)).toBe(`/${path}`);
    }),
  );
});
