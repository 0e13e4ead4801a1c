import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOfText, versionOf } from './version.ts';

test('equal texts have one version, and two that differ anywhere have two', () => {
  const seed = Date.now();
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), fc.nat(), fc.string(), (text, at, piece) => {
      const cut = text.length === 0 ? 0 : at % text.length;
      const other = text.slice(0, cut) + piece + text.slice(cut + piece.length);
      expect(fingerprintOfText(`${text}`)).toBe(fingerprintOfText(text));
      expect(fingerprintOfText(other) === fingerprintOfText(text)).toBe(other === text);
    }),
    { seed, numRuns: 500 },
  );
});

test('one digit of many lines makes another version', () => {
  const text = 'port: 8080\n'.repeat(1000);
  const versions = new Set(
    Array.from({ length: 1000 }, (_, line) => {
      const at = line * 11 + 6;
      return fingerprintOfText(`${text.slice(0, at)}9${text.slice(at + 1)}`);
    }),
  );
  expect(versions.size).toBe(1000);
});

test('what an edge says goes before the text', () => {
  const source = { path: 'a.yaml', kind: 'file', text: 'a', editable: true } as const;
  expect(versionOf({ ...source, version: '7' })).toBe('7');
  expect(versionOf(source)).toBe(fingerprintOfText('a'));
});
