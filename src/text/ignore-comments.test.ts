import { describe, expect, test } from 'vitest';
import { ignoreCommentsIn } from './ignore-comments.ts';

const read = (text: string) =>
  ignoreCommentsIn(text).map(({ rules, reason, from, to }) => [
    rules.join('+'),
    reason,
    text.slice(from, to),
  ]);

test.each([
  [
    'port: 80 # portolan-ignore host-port -- the node is ours',
    [['host-port', 'the node is ours', 'port: 80 # portolan-ignore host-port -- the node is ours']],
  ],
  ['a: 1\n# portolan-ignore host-port -- why\nport: 80\nb: 2\n', [['host-port', 'why', 'port: 80']]],
  [
    'a: 1\r\n  #portolan-ignore a, b -- why -- twice\r\n  port: 80\r\n',
    [['a+b', 'why -- twice', '  port: 80']],
  ],
  [
    '# portolan-ignore a -- one\n# other\n\n# portolan-ignore b -- two\nport: 80\n',
    [
      ['a', 'one', 'port: 80'],
      ['b', 'two', 'port: 80'],
    ],
  ],
  ['# portolan-ignore host-port', [['host-port', '', '']]],
  [
    'ports: [{ port: 80 }, # portolan-ignore a -- x\n  { port: 90 }]',
    [['a', 'x', 'ports: [{ port: 80 }, # portolan-ignore a -- x']],
  ],
  ['# portolan-ignore -- why\nport: 80', [['', 'why', 'port: 80']]],
])('%j', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

describe('what is none', () => {
  test.each(['port: 80 # portolan-ignored a -- b', 'a: b#portolan-ignore a -- b', 'portolan-ignore a -- b'])(
    '%s',
    (text) => {
      expect(read(text)).toEqual([]);
    },
  );
});
