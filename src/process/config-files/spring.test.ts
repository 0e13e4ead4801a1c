import { expect, test } from 'vitest';
import { readSpringFiles } from './spring.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

const spring = (
  files: Readonly<Record<string, string>>,
  variables: Record<string, string | undefined> = {},
): ReadingInShort =>
  readFiles(readSpringFiles, files, {
    directory: '/config',
    main: false,
    around: surroundings({ variables }),
  });

const properties = (text: string, variables: Record<string, string | undefined> = {}): ReadingInShort =>
  spring({ 'application.properties': `management.server.port=-1\n${text}` }, variables);

const yaml = (text: string): ReadingInShort =>
  spring({ 'application.yml': `management.server.port: -1\n${text}` });

test.each<[string, string[]]>([
  ['server.port=8081', ['8081/TCP: server.port=8081']],
  ['server.port : 8081', ['8081/TCP: server.port : 8081']],
  ['  SERVER.PORT 8081  ', ['8081/TCP: SERVER.PORT 8081']],
  ['server.port=80\\\n   81', ['8081/TCP: server.port=80\\ 81']],
  ['server.port=\\u0038\\u0030', ['80/TCP: server.port=\\u0038\\u0030']],
  ['#server.port=1\n!server.port=2\nserver.port=8081', ['8081/TCP: server.port=8081']],
  ['server.port=8080\nserver.port=8081', ['8081/TCP: server.port=8081']],
  ['server.port=8081\nserver.address=127.0.0.1', ['8081/TCP loopback: server.port=8081']],
  [
    'server.port=8081\nmanagement.server.port=9000',
    ['8081/TCP: server.port=8081', '9000/TCP: management.server.port=9000'],
  ],
  ['server.port=8081\nmanagement.server.port=8081', ['8081/TCP: server.port=8081']],
  [
    'server.port=8081\nspring.grpc.server.port=9090',
    ['8081/TCP: server.port=8081', '9090/TCP: spring.grpc.server.port=9090'],
  ],
  [
    'server.port=8081\nmanagement.server.port=8081\nmanagement.server.address=127.0.0.1',
    ['8081/TCP: server.port=8081'],
  ],
  ['server.port=-1', []],
  ['server.port=8081\nspring.main.webApplicationType=none', []],
  ['server.port=8081\nspring.main.web-application-type=none', []],
])('properties: %s', (text, open) => {
  expect(properties(text)).toEqual({ open, doubts: [] });
});

test.each<[string, string[]]>([
  ['server:\n  port: 8081', ['8081/TCP: port: 8081']],
  ['server.port: 8081', ['8081/TCP: server.port: 8081']],
  ['server:\n  port: 8081\n---\nserver:\n  port: 8082', ['8082/TCP: port: 8082']],
  ['server:\n  port: 8081\n  address: "::1"', ['8081/TCP loopback: port: 8081']],
])('YAML: %s', (text, open) => {
  expect(yaml(text)).toEqual({ open, doubts: [] });
});

test('what the files leave out is the matter of the application', () => {
  expect(spring({ 'application.properties': 'logging.level.root=info' })).toEqual({
    open: [],
    doubts: [
      'server.port is not in the files that are mounted, and the application can set it',
      'management.server.port is not in the files that are mounted, and the application can set it',
    ],
  });
});

test('placeholders: a variable, its default, or a property of the application', () => {
  const port = 'server.port=${PORT:8081}';
  expect(properties(port).open).toEqual(['8081/TCP: server.port=${PORT:8081}']);
  expect(properties('server.port=${WEB:${PORT:8081}}', { PORT: '8083' }).open).toEqual([
    '8083/TCP: server.port=${WEB:${PORT:8081}}',
  ]);
  expect(properties(port, { PORT: '8082' }).open).toEqual(['8082/TCP: server.port=${PORT:8081}']);
  expect(properties(port, { PORT: undefined }).doubts).toEqual([
    '`server.port=${PORT:8081}` in application.properties of ConfigMap shop/web takes a value that the input does not hold',
  ]);
  expect(properties('server.port=${shop.port:8081}').doubts).toEqual([
    '`server.port=${shop.port:8081}` in application.properties of ConfigMap shop/web takes a value that the input does not hold',
  ]);
});

test.each([
  ['server.port=0', '`server.port=0` in application.properties of ConfigMap shop/web takes any free port'],
  [
    'server.port=8081\n#---\nspring.config.activate.on-profile=prod\nserver.port=80',
    '`server.port=80` in application.properties of ConfigMap shop/web counts under a condition',
  ],
  [
    'server.port=8081\nspring.config.import=configserver:',
    '`spring.config.import=configserver:` in application.properties of ConfigMap shop/web brings configuration from elsewhere',
  ],
  [
    'server.port=#{8000+1}',
    '`server.port=#{8000+1}` in application.properties of ConfigMap shop/web takes a value that the input does not hold',
  ],
])('%s leaves a doubt', (text, doubt) => {
  expect(properties(text).doubts).toEqual([doubt]);
});

test('properties win over YAML, and files of a profile are a doubt where they decide', () => {
  const files = {
    'application.properties': 'server.port=8081\nmanagement.server.port=-1',
    'application.yaml': 'server: { port: 8080 }',
    'application-prod.yaml': 'server: { port: 80 }',
    'application-test.yaml': 'logging: {}',
    'other.yaml': 'server: { port: 1 }',
  };
  expect(spring(files)).toEqual({
    open: ['8081/TCP: server.port=8081'],
    doubts: ['application-prod.yaml of ConfigMap shop/web counts under a profile alone'],
  });
});
