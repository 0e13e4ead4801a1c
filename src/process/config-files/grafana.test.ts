import { expect, test } from 'vitest';
import { readGrafanaFiles } from './grafana.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const grafana = (text: string, variables: Record<string, string | undefined> = {}): ReadingInShort =>
  readFiles(readGrafanaFiles, { 'grafana.ini': text }, { around: surroundings({ variables }) });

test.each<[string, string[]]>([
  ['[server]\nhttp_port = 8080', ['8080/TCP: http_port = 8080']],
  ['[server]\nhttp_port=8080 ; behind the proxy', ['8080/TCP: http_port=8080 ; behind the proxy']],
  ['[server]\n"http_port" : "8080"', ['8080/TCP: "http_port" : "8080"']],
  ['[server]\n;http_port = 1\nroot_url = http://shop:81', ['3000/TCP: [server]']],
  ['[server]\nhttp_port =', ['3000/TCP: http_port =']],
  ['[server]\nhttp_addr = 127.0.0.1\nhttp_port = 8080', ['8080/TCP loopback: http_addr = 127.0.0.1']],
  ['[server]\nhttp_addr =\nhttp_port = 8080', ['8080/TCP: http_port = 8080']],
  ['[server]\nprotocol = socket', []],
  ['[server]\nprotocol = https\n[smtp]\nhttp_port = 1', ['3000/TCP: [server]']],
  ['[unified_alerting]\nha_peers =', ['3000/TCP: [unified_alerting]']],
  [
    '[unified_alerting]\nha_peers = a:9094',
    ['3000/TCP: [unified_alerting]', '9094/TCP: ha_peers = a:9094', '9094/UDP: ha_peers = a:9094'],
  ],
  [
    '[unified_alerting]\nha_peers = a:9095\nha_listen_address = "0.0.0.0:9095"',
    [
      '3000/TCP: [unified_alerting]',
      '9095/TCP: ha_listen_address = "0.0.0.0:9095"',
      '9095/UDP: ha_listen_address = "0.0.0.0:9095"',
    ],
  ],
])('%s', (text, open) => {
  expect(grafana(text)).toEqual({ open, doubts: [] });
});

test('variables are filled in where they are known', () => {
  expect(grafana('[server]\nhttp_port = $__env{WEB}', { WEB: '8080' }).open).toEqual([
    '8080/TCP: http_port = $__env{WEB}',
  ]);
  expect(grafana('[server]\nhttp_port = ${WEB}', { WEB: undefined }).doubts).toEqual([
    '`http_port = ${WEB}` in grafana.ini of ConfigMap shop/web takes a value that the input does not hold',
  ]);
});

test.each([
  ['[server]\nhttp_addr = 10.0.0.7', 'binds one address or a name'],
  ['[server]\nhttp_port = $__file{/run/port}', 'takes a value that the input does not hold'],
  ['[server]\nprotocol = $__file{/run/protocol}', 'takes a value that the input does not hold'],
  ['[grpc_server]\naddress = 0.0.0.0:10000', 'can open a socket of its own'],
])('%s leaves a doubt', (text, why) => {
  const line = text.split('\n').at(-1);
  expect(grafana(text).doubts).toEqual([`\`${line}\` in grafana.ini of ConfigMap shop/web ${why}`]);
});

test('without grafana.ini the settings of the image stay', () => {
  expect(readFiles(readGrafanaFiles, { 'sources.yaml': 'http_port = 1' }, { main: false })).toEqual({
    open: [],
    doubts: [],
  });
});
