import { expect, test } from 'vitest';
import { environmentProxy } from './environment-proxy.ts';

const PROXY = { HTTPS_PROXY: 'http://proxy:3128' };

test.each<[string, string, boolean]>([
  ['https://api.example.com', '', true],
  ['https://api.example.com', 'example.com', false],
  ['https://example.com', 'example.com', false],
  ['https://badexample.com', 'example.com', true],
  ['https://API.example.com', ' other , Example.COM ', false],
  ['https://example.com', '.example.com', true],
  ['https://api.example.com', '*.example.com', false],
  ['https://api.example.com:6443', 'example.com:6443', false],
  ['https://api.example.com:6443', 'example.com:443', true],
  ['https://api.example.com', 'example.com:443', false],
  ['https://10.1.2.3:6443', '10.0.0.0/8', false],
  ['https://11.1.2.3:6443', '10.0.0.0/8', true],
  ['https://10.1.2.3:6443', '10.1.2.3', false],
  ['https://10.1.2.3:6443', '10.1.2.3:443', true],
  ['https://[fd00::1]:6443', 'fd00::/8', false],
  ['https://[fd00::1]:6443', '[fd00::1]:6443', false],
  ['https://api.example.com', '*', false],
  ['https://api.example.com', '10.0.0.0/99,,:80', true],
  ['https://localhost:6443', '', false],
  ['https://127.3.2.1:6443', '', false],
  ['https://[::1]:6443', '', false],
])('%s with NO_PROXY=%s', (server, exceptions, isProxied) => {
  const found = environmentProxy(new URL(server), { ...PROXY, NO_PROXY: exceptions });
  expect(found).toBe(isProxied ? 'http://proxy:3128' : undefined);
});

test('each scheme has its own', () => {
  const env = { http_proxy: 'proxy:3128', HTTPS_PROXY: '' };
  expect(environmentProxy(new URL('http://api.example.com'), env)).toBe('http://proxy:3128');
  expect(environmentProxy(new URL('https://api.example.com'), env)).toBeUndefined();
});
