import { expect, test } from 'vitest';
import { type ReadingInShort, readFiles } from './testing-files.ts';
import { readTraefikFiles } from './traefik.ts';

const traefik = (text: string, name = 'traefik.yaml'): ReadingInShort =>
  readFiles(readTraefikFiles, { [name]: text });

test.each<[string, string[]]>([
  ['entryPoints:\n  web:\n    address: ":8000"', ['8000/TCP: address: ":8000"']],
  ['entrypoints: { dns: { address: ":53/udp" } }', ['53/UDP: address: ":53/udp"']],
  ['entryPoints: { web: { address: "127.0.0.1:80/tcp" } }', ['80/TCP loopback: address: "127.0.0.1:80/tcp"']],
  ['entryPoints: { web: { address: "[::]:80" } }', ['80/TCP ipv6: address: "[::]:80"']],
  [
    'entryPoints: { websecure: { address: ":443", http3: {} } }',
    ['443/TCP: address: ":443"', '443/UDP: address: ":443"'],
  ],
  ['# nothing yet', ['80/TCP: # nothing yet']],
  ['log: { level: INFO }', ['80/TCP: log: { level: INFO }']],
  ['entryPoints: { web: { address: ":80" } }\nping: {}', ['80/TCP: address: ":80"', '8080/TCP: ping']],
  [
    'entryPoints: { web: { address: ":80" } }\napi: { insecure: true }',
    ['80/TCP: address: ":80"', '8080/TCP: api'],
  ],
  ['entryPoints: { web: { address: ":80" } }\napi: { dashboard: true }', ['80/TCP: address: ":80"']],
  ['entryPoints: { web: { address: ":80" } }\nping: { entryPoint: web }', ['80/TCP: address: ":80"']],
  ['entryPoints: { web: { address: ":80" } }\nping: { manualRouting: true }', ['80/TCP: address: ":80"']],
  [
    'entryPoints: { web: { address: ":80" } }\nmetrics: { prometheus: {} }',
    ['80/TCP: address: ":80"', '8080/TCP: prometheus'],
  ],
  ['entryPoints: { traefik: { address: ":9000" } }\nping: {}', ['9000/TCP: address: ":9000"']],
])('%s', (text, open) => {
  expect(traefik(text)).toEqual({ open, doubts: [] });
});

test('TOML says the same', () => {
  const text =
    '[entryPoints]\n  [entryPoints.web]\n    address = ":8000"\n  [entryPoints.dns]\n    address = \':53/udp\'\n[ping]';
  expect(traefik(text, 'traefik.toml')).toEqual({
    open: ['8000/TCP: ":8000"', "53/UDP: ':53/udp'", '8080/TCP: ping'],
    doubts: [],
  });
});

test.each([
  [
    'entryPoints: { web: { http: {} } }',
    'traefik.yaml',
    '`web` in traefik.yaml of ConfigMap shop/web names no address',
  ],
  [
    'entryPoints: { web: { address: "10.0.0.7:80" } }',
    'traefik.yaml',
    '`address: "10.0.0.7:80"` in traefik.yaml of ConfigMap shop/web binds one address or a name',
  ],
  [
    'defaultEntryPoints = ["http"]',
    'traefik.toml',
    'traefik.toml of ConfigMap shop/web is written for Traefik 1, whose defaults differ',
  ],
  ['[entryPoints', 'traefik.toml', 'traefik.toml of ConfigMap shop/web is not TOML that can be read'],
  ['entryPoints: [', 'traefik.yaml', 'traefik.yaml of ConfigMap shop/web is not YAML that can be read'],
])('%s leaves a doubt', (text, name, doubt) => {
  expect(traefik(text, name)).toEqual({ open: [], doubts: [doubt] });
});

test('a table within a table for each dot of a key is not followed without end', () => {
  expect(traefik(`${'a.'.repeat(100_000)}a = 1`, 'traefik.toml').doubts).toEqual([
    'traefik.toml of ConfigMap shop/web is not TOML that can be read',
  ]);
});

test('dynamic configuration opens no port', () => {
  expect(readFiles(readTraefikFiles, { 'routers.yaml': 'http: {}' }, { main: false })).toEqual({
    open: [],
    doubts: [],
  });
});
