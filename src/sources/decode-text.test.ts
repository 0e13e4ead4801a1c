import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

const utf16le = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

test.each([
  ['UTF-8', Buffer.from('kind: é⚓\n')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffkind: é⚓\n')],
  ['UTF-16, little end first', utf16le('kind: é⚓\n')],
  ['UTF-16, big end first', utf16le('kind: é⚓\n').swap16()],
])('%s', (_, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: 'kind: é⚓\n' });
});

test('nothing, and nothing but a byte order mark, is an empty text', () => {
  for (const bytes of ['', '\ufeff'].map((text) => Buffer.from(text)))
    expect(decodeText(bytes)).toEqual({ text: '' });
  expect(decodeText(utf16le(''))).toEqual({ text: '' });
});

test('a NUL byte shows binary data', () => {
  expect(decodeText(Buffer.from('PK\x03\x04\0'))).toEqual({
    reason: 'this is not text (binary data at byte 4)',
  });
});

test('half a character of UTF-16 is no text', () => {
  for (const bytes of [utf16le('kind').subarray(0, -1), utf16le('\ud83d')]) {
    expect(decodeText(bytes)).toEqual({
      reason: 'this begins as UTF-16 text and does not go on so; save it as UTF-8',
    });
  }
});

test('a replacement character that the text itself holds is text', () => {
  expect(decodeText(Buffer.from('a\ufffdb'))).toEqual({ text: 'a\ufffdb' });
  expect(decodeText(Buffer.from([...Buffer.from('\ufeffé\ufffd\ufffd'), 0xe9]))).toEqual({
    reason: 'this is not text (binary data at byte 11); if it should be, save it as UTF-8',
  });
});

test('the byte that is told is the first that is not UTF-8', () => {
  const pieces = fc.constantFrom(
    [0x61],
    [0xc3, 0xa9],
    [0xef, 0xbf, 0xbd],
    [0xef, 0xbb, 0xbf],
    [0xf0, 0x9f, 0x9a, 0xa2],
  );
  const broken = fc.constantFrom(
    [0x80],
    [0xe9],
    [0xc3],
    [0xef, 0xbf],
    [0xf0, 0x9f],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: pieces }, broken)), (sequences) => {
      const bytes = Buffer.from(sequences.flat());
      let end = bytes.length;
      while (!isUtf8(bytes.subarray(0, end))) end--;
      const decoded = decodeText(bytes);
      if (end === bytes.length) expect(decoded).toEqual({ text: bytes.toString().replace(/^\ufeff/, '') });
      else expect('reason' in decoded && decoded.reason).toContain(`(binary data at byte ${end})`);
    }),
  );
});
