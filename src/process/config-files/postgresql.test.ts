import { expect, test } from 'vitest';
import { readPostgresqlFiles } from './postgresql.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const postgresql = (
  text: string,
  variables: Record<string, string | undefined> = {},
  covered: readonly string[] = [],
): ReadingInShort =>
  readFiles(
    readPostgresqlFiles,
    { 'postgresql.conf': text, 'more.conf': 'port = 5434' },
    { directory: '/etc/postgresql', around: surroundings({ variables, covered }) },
  );

test.each<[string, string[]]>([
  ["listen_addresses = '*'\nport = 5433", ['5433/TCP: port = 5433']],
  ["listen_addresses = '*'", ["5432/TCP: listen_addresses = '*'"]],
  ['port = 5433', ['5433/TCP loopback: port = 5433']],
  ['max_connections = 100', ['5432/TCP loopback: max_connections = 100']],
  ["LISTEN_ADDRESSES '0.0.0.0'\nPort 5433 # the usual one is taken", ['5433/TCP: Port 5433']],
  ["listen_addresses = 'localhost, ::1'", ["5432/TCP loopback: listen_addresses = 'localhost, ::1'"]],
  ["listen_addresses = ''", []],
  ["listen_addresses = '*'\nport = 5433\nport = '5435'", ["5435/TCP: port = '5435'"]],
  ["listen_addresses='*'\nport=5433\ninclude 'more.conf'", ['5434/TCP: port = 5434']],
  ["#port = 1\nlisten_addresses = '*'\nsupport = 7", ["5432/TCP: listen_addresses = '*'"]],
])('%s', (text, open) => {
  expect(postgresql(text)).toEqual({ open, doubts: [] });
});

test('PGPORT counts where the file names no port', () => {
  expect(postgresql("listen_addresses = '*'", { PGPORT: '5436' }).open).toEqual([
    "5436/TCP: listen_addresses = '*'",
  ]);
  expect(postgresql("listen_addresses = '*'\nport = 5433", { PGPORT: undefined }).doubts).toEqual([]);
  expect(postgresql("listen_addresses = '*'", { PGPORT: undefined }).doubts).toEqual([
    "`listen_addresses = '*'` in postgresql.conf of ConfigMap shop/web takes a value that the input does not hold",
  ]);
});

test.each([
  ["listen_addresses = '10.0.0.7'", 'binds one address or a name'],
  ["include '/etc/gone.conf'", 'can name files that the input does not hold'],
  ["include_if_exists '/etc/gone.conf'", 'can name files that the input does not hold'],
  ["include_dir 'conf.d'", 'can name files that the input does not hold'],
])('%s leaves a doubt', (text, why) => {
  expect(postgresql(text).doubts).toEqual([`\`${text}\` in postgresql.conf of ConfigMap shop/web ${why}`]);
});

test('a directory that a volume covers holds no other file', () => {
  const text = "include_dir '.'\nlisten_addresses = '*'\ninclude_if_exists 'gone.conf'";
  expect(postgresql(text, {}, ['/etc/postgresql'])).toEqual({ open: ['5434/TCP: port = 5434'], doubts: [] });
});
