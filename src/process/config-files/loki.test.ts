import { expect, test } from 'vitest';
import { readLokiFiles } from './loki.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

/** Without the texts, which for a default is the first line. */
const loki = (text: string, variables: Record<string, string> = {}): ReadingInShort => {
  const around = surroundings({ variables });
  const { open, doubts } = readFiles(
    readLokiFiles,
    { 'config.yaml': text },
    { directory: '/etc/loki', around },
  );
  return { open: open.map((one) => one.split(': ')[0]!), doubts };
};

const GRPC = '9095/TCP';

test.each<[string, string[]]>([
  ['auth_enabled: false', ['3100/TCP', GRPC]],
  ['server:\n  http_listen_port: 3101', ['3101/TCP', GRPC]],
  ['server:\n  http_listen_port: 3101\n  grpc_listen_port: 9096', ['3101/TCP', '9096/TCP']],
  ['server:\n  http_listen_address: 127.0.0.1\n  http_listen_port: 3100', ['3100/TCP loopback', GRPC]],
  [`server:\n  http_listen_port: $\{P}`, ['3102/TCP', GRPC]],
])('%s', (text, open) => {
  expect(loki(text, { P: '3102' })).toEqual({ open, doubts: [] });
});

test('what is not YAML is a doubt', () => {
  expect(loki('server: [').doubts).toHaveLength(1);
});
