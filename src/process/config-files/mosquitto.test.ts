import { expect, test } from 'vitest';
import { readMosquittoFiles } from './mosquitto.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const mosquitto = (text: string, tag?: string): ReadingInShort =>
  readFiles(
    readMosquittoFiles,
    { 'mosquitto.conf': text, 'tls.conf': 'listener 8883' },
    {
      directory: '/mosquitto/config',
      around: surroundings({ covered: ['/mosquitto/config'], ...(tag && { tag }) }),
    },
  );

// Each was seen on the sockets of mosquitto 2.0.11.
test.each<[string, string[]]>([
  ['allow_anonymous true', ['1883/TCP loopback: allow_anonymous true']],
  ['per_listener_settings true', ['1883/TCP loopback: per_listener_settings true']],
  ['port 1884', ['1884/TCP: port 1884']],
  ['bind_address 127.0.0.1', ['1883/TCP loopback: bind_address 127.0.0.1']],
  ['bind_address 0.0.0.0\nport 1884', ['1884/TCP: port 1884']],
  ['max_connections 40', ['1883/TCP: max_connections 40']],
  ['socket_domain ipv6', ['1883/TCP ipv6: socket_domain ipv6']],
  [
    'port 1884\nlistener 1885 127.0.0.1',
    ['1884/TCP: port 1884', '1885/TCP loopback: listener 1885 127.0.0.1'],
  ],
  ['listener 1885\nport 1886', ['1886/TCP: port 1886', '1885/TCP: listener 1885']],
  ['listener 1885 ::', ['1885/TCP ipv6: listener 1885 ::']],
  ['listener 1883 0.0.0.0\nallow_anonymous true', ['1883/TCP: listener 1883 0.0.0.0']],
  [
    'listener 1883\nlistener 9001\nprotocol websockets',
    ['1883/TCP: listener 1883', '9001/TCP: listener 9001'],
  ],
  ['listener 1883\nmax_connections 40', ['1883/TCP: listener 1883']],
  ['listener 1885\nsocket_domain ipv6', ['1885/TCP ipv6: listener 1885']],
  ['listener 0 /run/mosquitto.sock', []],
  ['# listener 1\nlistener 1883', ['1883/TCP: listener 1883']],
  ['listener 1885 # all', ['1885/TCP: listener 1885 # all']],
  ['connection up\naddress hub:1883\nbind_address 10.0.0.7', ['1883/TCP loopback: connection up']],
  ['include_dir /mosquitto/config', ['8883/TCP: listener 8883']],
])('%s', (text, open) => {
  expect(mosquitto(text)).toEqual({ open, doubts: [] });
});

test('before 2.0 a broker that was told nothing served every address', () => {
  expect(mosquitto('allow_anonymous true', '1.6.15').open).toEqual(['1883/TCP: allow_anonymous true']);
  expect(mosquitto('allow_anonymous true', '2.0.22-openssl').open).toEqual([
    '1883/TCP loopback: allow_anonymous true',
  ]);
});

test('only the main file includes others', () => {
  const files = {
    'mosquitto.conf': 'include_dir /a',
    'a/tls.conf': 'include_dir /b',
    'b/more.conf': 'listener 1885',
  };
  const around = surroundings({ covered: ['/a'] });
  expect(readFiles(readMosquittoFiles, files, { directory: '', around })).toEqual({
    open: ['1883/TCP loopback: include_dir /a'],
    doubts: [],
  });
});

test.each([
  ['listener 1883 10.0.0.7', 'binds one address or a name'],
  ['listener x', 'names no port that can be read'],
  ['listener 1883\nbind_interface eth0', 'binds the addresses of one interface'],
  ['include_dir /etc/more', 'can name files that the input does not hold'],
])('%s leaves a doubt', (text, why) => {
  expect(mosquitto(text).doubts).toEqual([
    `\`${text.split('\n').at(-1)}\` in mosquitto.conf of ConfigMap shop/web ${why}`,
  ]);
});
