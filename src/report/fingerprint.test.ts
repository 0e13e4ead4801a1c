import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FingerprintParts, fingerprintOf } from './fingerprint.ts';

const parts: FingerprintParts = {
  rule: 'unresolved-target-port',
  from: { apiVersion: 'v1', kind: 'Service', namespace: 'media', name: 'audiobookshelf' },
  to: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'media', name: 'audiobookshelf' },
  field: 'spec.ports[http].targetPort',
};

test('stays the same from one version to the next, or every alert would be closed and opened again', () => {
  expect(fingerprintOf(parts)).toBe('d6e6aa7b80245537');
});

test.each<[string, FingerprintParts]>([
  ['rule', { ...parts, rule: 'unmatched-selector' }],
  ['kind', { ...parts, from: { ...parts.from, kind: 'Ingress' } }],
  ['namespace', { ...parts, from: { ...parts.from, namespace: 'shop' } }],
  ['name', { ...parts, from: { ...parts.from, name: 'jellyfin' } }],
  ['other end', { ...parts, to: parts.from }],
  ['lack of another end', { ...parts, to: undefined }],
  ['field', { ...parts, field: 'spec.ports[https].targetPort' }],
])('tells another %s', (_, others) => {
  expect(fingerprintOf(others)).not.toBe(fingerprintOf(parts));
});

test('an API version moves on and the finding stays', () => {
  const from = { ...parts.from, apiVersion: 'v2' };
  expect(fingerprintOf({ ...parts, from })).toBe(fingerprintOf(parts));
});

test('a part does not run into the next', () => {
  const [one, other] = [
    { ...parts.from, namespace: 'ab', name: 'c' },
    { ...parts.from, namespace: 'a', name: 'bc' },
  ];
  expect(fingerprintOf({ ...parts, from: one })).not.toBe(fingerprintOf({ ...parts, from: other }));
});

test('is sixteen hexadecimal digits, leading zeros and all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (field) => {
      expect(fingerprintOf({ ...parts, field })).toMatch(/^[0-9a-f]{16}$/);
    }),
    { numRuns: 1000 },
  );
});

test('100 000 findings that look much alike have 100 000 fingerprints', () => {
  const seen = new Set<string>();
  for (let service = 0; service < 1000; service++) {
    const from = { ...parts.from, name: `shop-${service}` };
    for (let port = 0; port < 100; port++) {
      seen.add(fingerprintOf({ rule: parts.rule, from, field: `spec.ports[${8000 + port}]` }));
    }
  }
  expect(seen.size).toBe(100_000);
});

test('random findings do not share one either', () => {
  const word = fc.string({ maxLength: 12 });
  const finding = fc.record({ rule: word, kind: word, namespace: word, name: word, field: word });
  fc.assert(
    fc.property(
      fc.uniqueArray(finding, { minLength: 1000, maxLength: 1000, selector: (one) => JSON.stringify(one) }),
      (all) => {
        const prints = all.map(({ rule, field, ...from }) =>
          fingerprintOf({ rule, field, from: { apiVersion: 'v1', ...from } }),
        );
        expect(new Set(prints).size).toBe(all.length);
      },
    ),
    { numRuns: 10 },
  );
});
