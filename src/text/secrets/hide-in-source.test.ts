import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideSecrets } from './hide-in-source.ts';
import { hideInWords } from './hide-in-words.ts';
import { namesSecrets } from './names-in-text.ts';
import { ShownSource } from './shown-source.ts';

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

describe('a source that is shown piece by piece', () => {
  const lines = (text: string): string[] => {
    const shown = new ShownSource(text);
    return Array.from({ length: shown.lineCount }, (_, at) => shown.lineText(at + 1));
  };
  const SECRET = 'kind: Secret\nstringData:\n  a: "one"\n';
  const OTHER = 'kind: ConfigMap\ndata:\n  PASSWORD: "two"\n  port: "80"\n';

  test.each([
    `${SECRET}---\n${OTHER}`,
    `# first\n---\n${OTHER}---\n---\n${SECRET}`,
    '{"kind":"Secret","data":{"a":"b"}}\n{"kind":"Secret","data":{"c":"d"}}',
    `${SECRET}...\n${OTHER}`,
    '',
    '\n\n',
  ])('shows what all of it would: %j', (text) => {
    expect(lines(text).join('\n')).toBe(hideSecrets(text).replace(/\r\n|\r/g, '\n'));
    const shown = new ShownSource(text);
    for (let start = 0; start <= text.length; start++) {
      for (let end = start; end <= text.length; end += 7) {
        expect(shown.slice(start, end)).toBe(hideSecrets(text).slice(start, end));
      }
    }
  });
});

test.each([
  'spec.ports[token]: 80',
  'Service port `auth: 8080` is sent to',
  'containerPort token: 8080',
  'imagePullSecrets[0].name: Required value',
])('the names of ports and fields are no secrets: %s', (words) => expect(hideInWords(words)).toBe(words));

test.each([
  ['port token: hunter2', 'port token: •••••••'],
  ['data[token]: 80', 'data[token]: ••'],
  ['the token: 8080', 'the token: ••••'],
])('%s is hidden all the same', (words, shown) => expect(hideInWords(words)).toBe(shown));

describe('whether a text has to be looked through', () => {
  test.each([
    'kind: Secret\n',
    'env: [{ name: DB_PASSWORD, value: x }]',
    '"api key": x',
    'api key: x',
    '"\\x70assword": x',
    '- connection string: x',
    'tls.key: x',
  ])('%j', (text) => expect(namesSecrets(text)).toBe(true));

  test.each(['valueFrom: { secretKeyRef: { name: a, key: b } }', 'imagePullSecrets: []', 'port: 80'])(
    'not %j',
    (text) => expect(namesSecrets(text)).toBe(false),
  );

  test('as its tree tells', () => {
    const word = fc.constantFrom(
      'api',
      'key',
      'DB_PASSWORD',
      'tls.key',
      'secretName',
      'auth',
      'x',
      'connection',
      'string',
      'Secret',
      'kind',
      'name',
      'value',
      'data',
    );
    const scalar = fc
      .array(word, { minLength: 1, maxLength: 3 })
      .chain((words) =>
        fc.constantFrom(words.join(' '), words.join('-'), `"${words.join(' ')}"`, `'${words.join('/')}'`),
      );
    const entry = fc.tuple(scalar, scalar).map(([key, value]) => `${key}: ${value}`);
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), (entries) => {
        const text = `- { ${entries.join(', ')} }\n- ${entries.join('\n  ')}\n`;
        if (!namesSecrets(text)) expect(hideSecrets(text)).toBe(text);
      }),
    );
  });
});
