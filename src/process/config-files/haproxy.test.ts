import { expect, test } from 'vitest';
import { readHaproxyFiles } from './haproxy.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const haproxy = (text: string, variables: Record<string, string | undefined> = {}): ReadingInShort =>
  readFiles(readHaproxyFiles, { 'haproxy.cfg': text }, { around: surroundings({ variables }) });

// Each but QUIC was seen on the sockets of haproxy 2.6.12.
test.each<[string, string[]]>([
  ['bind *:80', ['80/TCP: bind *:80']],
  ['bind :80 # all', ['80/TCP: bind :80']],
  ['bind :443 ssl crt /etc/tls/tls.pem alpn h2', ['443/TCP: bind :443 ssl crt /etc/tls/tls.pem alpn h2']],
  [
    'bind localhost:80\nbind 127.0.0.1:81',
    ['80/TCP loopback: bind localhost:80', '81/TCP loopback: bind 127.0.0.1:81'],
  ],
  [
    'bind :::80\nbind [::]:81 v6only\nbind ipv6@:82',
    ['80/TCP ipv6: bind :::80', '81/TCP ipv6: bind [::]:81 v6only', '82/TCP ipv6: bind ipv6@:82'],
  ],
  [
    'bind ipv4@:80\nbind ipv4@127.0.0.1:81',
    ['80/TCP: bind ipv4@:80', '81/TCP loopback: bind ipv4@127.0.0.1:81'],
  ],
  [
    'bind *:80-81,127.0.0.1:90',
    [
      '80/TCP: bind *:80-81,127.0.0.1:90',
      '81/TCP: bind *:80-81,127.0.0.1:90',
      '90/TCP loopback: bind *:80-81,127.0.0.1:90',
    ],
  ],
  ['bind unix@/run/a.sock\nbind /run/b.sock\nbind abns@x', []],
  ['bind quic4@:443 ssl crt x', ['443/UDP: bind quic4@:443 ssl crt x']],
  ["bind ':80'", ["80/TCP: bind ':80'"]],
  ['disabled\nbind :80', []],
  ['bind :80\n  use_backend api\nbackend api\n  server a api:8080', ['80/TCP: bind :80']],
])('%s', (lines, open) => {
  expect(haproxy(`defaults\n  mode http\nfrontend web\n  ${lines}`)).toEqual({ open, doubts: [] });
});

test('other sections listen too', () => {
  const text = `global
  stats socket ipv4@127.0.0.1:9999 level admin
  stats socket /run/haproxy.sock
listen stats
  bind :8404
log-forward syslog
  dgram-bind :514
  bind :514
`;
  expect(haproxy(text)).toEqual({
    open: [
      '9999/TCP loopback: stats socket ipv4@127.0.0.1:9999 level admin',
      '8404/TCP: bind :8404',
      '514/UDP: dgram-bind :514',
      '514/TCP: bind :514',
    ],
    doubts: [],
  });
});

test('variables are filled in where they are known', () => {
  const text = 'frontend web\n  bind ":${PORT}"\n  bind :$ADMIN\n  bind ":${NONE-7070}"';
  expect(haproxy(text, { PORT: '80', ADMIN: '81' })).toEqual({
    open: ['80/TCP: bind ":${PORT}"', '81/TCP: bind :$ADMIN', '7070/TCP: bind ":${NONE-7070}"'],
    doubts: [],
  });
  expect(haproxy('frontend web\n  bind ":${PORT}"', { PORT: undefined }).doubts).toEqual([
    '`bind ":${PORT}"` in haproxy.cfg of ConfigMap shop/web takes a value that the input does not hold',
  ]);
});

test.each([
  ['frontend a\n  bind 10.0.0.7:80', 'binds one address or a name'],
  ['frontend a\n  bind :80 interface eth0', 'binds one interface or namespace'],
  ['frontend a\n  bind 7001', 'names no port that can be read'],
  ['peers p\n  peer me 10.0.0.7:10000', 'listens where it names the process itself'],
  ['defaults\n  disabled', 'closes sections below it'],
  ['.if defined(X)', 'decides what of the file counts'],
])('%s leaves a doubt', (text, why) => {
  const line = text.split('\n').at(-1)!.trim();
  expect(haproxy(text).doubts).toEqual([`\`${line}\` in haproxy.cfg of ConfigMap shop/web ${why}`]);
});
