import { expect, test } from 'vitest';
import { parseThrough } from './through.ts';

test.each([
  ['203.0.113.7', { scheme: undefined, host: '203.0.113.7', port: undefined }],
  ['127.0.0.1:18080', { scheme: undefined, host: '127.0.0.1', port: 18_080 }],
  ['edge.example.com:80', { scheme: undefined, host: 'edge.example.com', port: 80 }],
  ['https://127.0.0.1:18443', { scheme: 'https', host: '127.0.0.1', port: 18_443 }],
  ['https://edge.example.com/', { scheme: 'https', host: 'edge.example.com', port: undefined }],
  ['2001:db8::7', { scheme: undefined, host: '2001:db8::7', port: undefined }],
  ['[2001:db8::7]:8080', { scheme: undefined, host: '2001:db8::7', port: 8080 }],
  ['http://[::1]:8080', { scheme: 'http', host: '::1', port: 8080 }],
])('%s', (text, address) => expect(parseThrough(text)).toEqual(address));

test.each(['', 'a b', 'http://edge/path', 'http://me:secret@edge', 'edge:99999', 'http://', 'edge?x'])(
  '%j is no address',
  (text) => expect(parseThrough(text)).toBeUndefined(),
);
