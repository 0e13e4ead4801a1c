import { expect, test } from 'vitest';
import { readHttpdFiles } from './httpd.ts';
import { configMapOf, filesOf, type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const HOME = '/usr/local/apache2/conf';
const httpd = (text: string): ReadingInShort =>
  readFiles(
    readHttpdFiles,
    { 'httpd.conf': text, 'ssl.conf': 'Listen 8444\nSSLEngine on' },
    { directory: HOME, around: surroundings({ covered: [HOME], variables: { PORT: '8082' } }) },
  );

test.each<[string, string[]]>([
  ['Listen 8080', ['8080/TCP: Listen 8080']],
  ['listen 127.0.0.1:8080', ['8080/TCP loopback: listen 127.0.0.1:8080']],
  ['Listen [::]:80', ['80/TCP ipv6: Listen [::]:80']],
  ['Define P 8081\nListen ${P}', ['8081/TCP: Listen ${P}']],
  ['Listen ${PORT}', ['8082/TCP: Listen ${PORT}']],
  ['# Listen 80\nListen 8080\nListen 8443 https', ['8080/TCP: Listen 8080', '8443/TCP: Listen 8443 https']],
  ['Include conf/ssl.conf', ['8444/TCP: Listen 8444']],
  ['Include conf/extra/proxy-html.conf\nListen 80', ['80/TCP: Listen 80']],
])('%s', (text, open) => {
  expect(httpd(text)).toEqual({ open, doubts: [] });
});

const speechOf = (text: string): (string | undefined)[] => {
  const files = filesOf(configMapOf({ 'httpd.conf': text }), HOME);
  return readHttpdFiles(files, files[0], surroundings()).listeners.map(({ speaks }) => speaks);
};

test('SSLEngine decides over the server, or the ports of its virtual host', () => {
  expect(speechOf('Listen 80')).toEqual(['HTTP']);
  expect(speechOf('Listen 8443\nSSLEngine on')).toEqual(['HTTPS']);
  const host = '<VirtualHost *:8443>\nSSLEngine on\n</VirtualHost>';
  expect(speechOf(`Listen 80\nListen 8443\n${host}`)).toEqual(['HTTP', 'HTTPS']);
  const other = '<VirtualHost *:8443>\nServerName b\n</VirtualHost>';
  expect(speechOf(`Listen 8443\n${other}\n${host}`)).toEqual(['unknown']);
  expect(speechOf('Listen 8443\n<VirtualHost *:8443>\nSSLEngine off\n</VirtualHost>')).toEqual(['HTTP']);
});

test('what counts under a condition, or lies elsewhere, is a doubt', () => {
  expect(httpd('<IfModule ssl_module>\nListen 443\n</IfModule>').doubts).toHaveLength(1);
  expect(httpd('Include /srv/sites/*.conf').doubts).toHaveLength(1);
});
