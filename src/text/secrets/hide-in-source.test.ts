import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideSecrets } from './hide-in-source.ts';

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: keys
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"A":"cGVhcmw="}}'
stringData:
  # once it was pearl
  A: pearl
  "PORT" : "3005"
  conf: |
    password pearl
    port 1
  # and pearl
`;

describe('what Secrets hold is not shown', () => {
  test.each([
    ['a Secret', SECRET],
    ['a Secret among others', `kind: Service\n---\n${SECRET}---\nkind: Service\n`],
    ['CRLF', SECRET.replaceAll('\n', '\r\n')],
    ['data in one line', 'kind: Secret\ndata: { A: cGVhcmw=, PORT: MzAwNQ== }\n'],
    ['JSON', '{"kind":"Secret","data":{"A":"cGVhcmw="}}{"kind":"Secret","stringData":{"A":"pearl"}}'],
    ['a List', `kind: List\nitems:\n  - kind: Secret\n    data:\n      A: cGVhcmw=\n`],
    ['broken YAML', `${SECRET}  - pearl\n`],
    ['a template', `${SECRET}  B: {{ .Values.pearl }}\n`],
    ['merged keys', 'x: &x { A: 1 }\nkind: Secret\nstringData:\n  <<: *x\n  B: pearl\n'],
    ['keys that are merged from below', 'kind: Secret\nstringData: &x\n  B: pearl\nother: { <<: *x }\n'],
  ])('of %s', (_, text) => {
    const shown = hideSecrets(text);
    expect(shown).not.toMatch(/pearl|cGVhcmw=/);
    expect(shown).toHaveLength(text.length);
    expect(shown).toMatch(/kind/);
  });

  test('keys, names and everything else stay', () => {
    expect(hideSecrets(SECRET)).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: keys
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: •••••••••••••••••••••••••••
stringData:
  • •••• •• ••• •••••
  A: •••••
  "PORT" : ••••••
  conf: •
    •••••••• •••••
    •••• •
  • ••• •••••
`);
    const other = 'kind: ConfigMap\nmetadata: { name: Secret }\ndata: { shell: pearl }\n';
    expect(hideSecrets(other)).toBe(other);
  });
});

test.each([
  ['url: http://bob:pearl@api:80/x', 'url: http://•••••••••@api:80/x'],
  ['url: amqp://bob:pe@rl@mq', 'url: amqp://•••••••••@mq'],
  ['url: http://api:80/x?to=bob@pearl.example', 'url: http://api:80/x?to=bob@pearl.example'],
])('credentials in a URL are not shown: %j', (text, shown) => {
  expect(hideSecrets(text)).toBe(shown);
});

test('offsets stay whatever the text is', () => {
  const word = fc.constantFrom(
    'kind: Secret',
    'data:',
    '\n',
    '  A: 1',
    '---',
    '{',
    '}',
    ': ',
    '😀',
    '"',
    '\r',
    'http://a@b',
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join('');
      const shown = hideSecrets(text);
      expect(shown).toHaveLength(text.length);
      expect(shown.replace(/\S/g, 'x')).toBe(text.replace(/\S/g, 'x'));
    }),
  );
});
