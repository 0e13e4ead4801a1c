import { expect, test } from 'vitest';
import { readRedisFiles } from './redis.ts';
import { type ReadingInShort, readFiles } from './testing-files.ts';

const redis = (text: string, more: Readonly<Record<string, string>> = {}): ReadingInShort =>
  readFiles(readRedisFiles, { 'redis.conf': text, ...more });

// Each was seen on the sockets of redis-server 7.0.15.
test.each<[string, string[]]>([
  ['maxmemory 64mb', ['6379/TCP: maxmemory 64mb']],
  ['PORT 7100\nport 7101', ['7101/TCP: port 7101']],
  ['port "7102"', ['7102/TCP: port "7102"']],
  ['# port 1\nport 7000\n# port 2', ['7000/TCP: port 7000']],
  ['port 0\nunixsocket /run/redis.sock', []],
  ['bind 127.0.0.1 -::1', ['6379/TCP loopback: bind 127.0.0.1 -::1']],
  ['bind 127.0.0.1\nbind * -::*', ['6379/TCP: bind * -::*']],
  ['bind 0.0.0.0\nport 7000', ['7000/TCP: port 7000']],
  ['bind ::', ['6379/TCP ipv6: bind ::']],
  ['bind ""', []],
  ['port 0\ntls-port 6380', ['6380/TCP: tls-port 6380']],
  ['port 7100\ncluster-enabled yes', ['7100/TCP: port 7100', '17100/TCP: cluster-enabled yes']],
  ['port 7100\ncluster-enabled no', ['7100/TCP: port 7100']],
  [
    'port 7100\ncluster-enabled yes\ncluster-port 7200',
    ['7100/TCP: port 7100', '7200/TCP: cluster-port 7200'],
  ],
  ['sentinel monitor main redis 6379 2', ['26379/TCP: sentinel monitor main redis 6379 2']],
])('%s', (text, open) => {
  expect(redis(text)).toEqual({ open, doubts: [] });
});

test.each([
  ['bind 10.0.0.7', '`bind 10.0.0.7` in redis.conf of ConfigMap shop/web binds one address or a name'],
  ['port ${PORT}', '`port ${PORT}` in redis.conf of ConfigMap shop/web names no port that can be read'],
  [
    'include /etc/gone.conf',
    '`include /etc/gone.conf` in redis.conf of ConfigMap shop/web names a file that the input does not hold',
  ],
])('%s leaves a doubt', (text, doubt) => {
  expect(redis(text).doubts).toEqual([doubt]);
});

test('a file is included where it is named, and the last directive wins', () => {
  const more = { 'more.conf': 'port 7105' };
  expect(redis('include /etc/app/more.conf', more)).toEqual({ open: ['7105/TCP: port 7105'], doubts: [] });
  expect(redis('include /etc/app/m*.conf\nport 7106', more).open).toEqual(['7106/TCP: port 7106']);
  expect(redis('port 7107\ninclude redis.conf').open).toEqual(['7107/TCP: port 7107']);
});

test('without a main file nothing is read', () => {
  expect(readFiles(readRedisFiles, { 'redis.conf': 'port 7000' }, { main: false })).toEqual({
    open: [],
    doubts: ['Redis is not known to read redis.conf of ConfigMap shop/web'],
  });
});
