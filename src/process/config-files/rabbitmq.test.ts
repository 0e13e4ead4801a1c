import { expect, test } from 'vitest';
import { readRabbitmqFiles } from './rabbitmq.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

/** Without the texts, which for a default is the first line. */
const rabbitmq = (files: Record<string, string>, tag = '3.13', covered: string[] = []): ReadingInShort => {
  const around = surroundings({ tag, covered });
  const { open, doubts } = readFiles(readRabbitmqFiles, files, { directory: '/etc/rabbitmq', around });
  return { open: open.map((one) => one.split(': ')[0]!), doubts };
};

const USUAL = '15692/TCP';

test.each<[string, string[]]>([
  ['default_user = app', ['5672/TCP', USUAL]],
  ['listeners.tcp.default = 5673', ['5673/TCP', USUAL]],
  ['listeners.tcp.1 = 127.0.0.1:5673', ['5673/TCP loopback', USUAL]],
  ['listeners.tcp = none\nlisteners.ssl.default = 5671', ['5671/TCP', USUAL]],
  ['prometheus.tcp.port = 9419', ['5672/TCP', '9419/TCP']],
  // Not enabled without the tag.
  ['management.tcp.port = 15673', ['5672/TCP', USUAL]],
])('%s', (text, open) => {
  expect(rabbitmq({ 'rabbitmq.conf': text })).toEqual({ open, doubts: [] });
});

test('the tag, or the mounted list, says which plugins there are', () => {
  expect(rabbitmq({ 'rabbitmq.conf': 'management.tcp.port = 15673' }, '4-management').open).toEqual([
    '5672/TCP',
    '15673/TCP',
    USUAL,
  ]);
  const list = { 'rabbitmq.conf': 'management.ssl.port = 15671', enabled_plugins: '[rabbitmq_management].' };
  expect(rabbitmq(list).open).toEqual(['5672/TCP', '15671/TCP']);
  expect(rabbitmq({ 'rabbitmq.conf': 'a = b' }, '4-management', ['/etc/rabbitmq']).open).toEqual([
    '5672/TCP',
  ]);
  expect(rabbitmq({ 'rabbitmq.conf': 'a = b' }, '3.7').open).toEqual(['5672/TCP']);
});

test('Erlang terms and listeners of other plugins are doubts', () => {
  expect(rabbitmq({ 'rabbitmq.conf': 'a = b', 'advanced.config': '[].' }).doubts).toHaveLength(1);
  expect(rabbitmq({ 'rabbitmq.conf': 'a = b', enabled_plugins: '[rabbitmq_mqtt].' }).doubts).toEqual([
    'the listeners of rabbitmq_mqtt, which enabled_plugins of ConfigMap shop/web enables, are not followed',
  ]);
});
