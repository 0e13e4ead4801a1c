import { expect, test } from 'vitest';
import { readMongodFiles } from './mongod.ts';
import { type ReadingInShort, readFiles } from './testing-files.ts';

const mongod = (text: string): ReadingInShort => readFiles(readMongodFiles, { 'mongod.conf': text });

test.each<[string, string[]]>([
  ['net:\n  port: 27018\n  bindIp: 0.0.0.0', ['27018/TCP: port: 27018']],
  ['net:\n  bindIpAll: true', ['27017/TCP: bindIpAll: true']],
  ['net: { port: 27018, bindIp: 127.0.0.1 }', ['27018/TCP loopback: port: 27018']],
  ['net:\n  bindIp: "127.0.0.1,::1"\n  ipv6: true', ['27017/TCP loopback: bindIp: "127.0.0.1,::1"']],
  ['net:\n  bindIp: "*"', ['27017/TCP: bindIp: "*"']],
  ['net:\n  bindIp: "::,0.0.0.0"\n  ipv6: true', ['27017/TCP: bindIp: "::,0.0.0.0"']],
  ['net:\n  bindIp: /run/mongod.sock', []],
  ['net:\n  bindIpAll: true\nsharding:\n  clusterRole: configsvr', ['27019/TCP: bindIpAll: true']],
  ['net.port: 27018\nnet.bindIpAll: true', ['27018/TCP: net.port: 27018']],
])('%s', (text, open) => {
  expect(mongod(text)).toEqual({ open, doubts: [] });
});

test.each([
  [
    'net:\n  port: 27018',
    'mongod.conf of ConfigMap shop/web names no bindIp: localhost to mongod, every address to the entrypoint of its image',
  ],
  [
    'net:\n  bindIp: mongo-0.mongo',
    '`bindIp: mongo-0.mongo` in mongod.conf of ConfigMap shop/web binds one address or a name',
  ],
  [
    'net:\n  bindIpAll: true\n  port: { __rest: "https://x" }',
    '`port` in mongod.conf of ConfigMap shop/web takes a value that the input does not hold',
  ],
  ['net: [', 'mongod.conf of ConfigMap shop/web is not YAML that can be read'],
  ['port = 27018', 'mongod.conf of ConfigMap shop/web is not YAML that can be read'],
])('%s leaves a doubt', (text, doubt) => {
  expect(mongod(text)).toEqual({ open: [], doubts: [doubt] });
});
