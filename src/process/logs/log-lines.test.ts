import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logPatterns } from '../../knowledge/log-patterns.ts';
import { listeningPorts } from './log-lines.ts';

/** Each listener as `3000 all`, with `?` where the line does not tell who reaches it. */
const ports = (...lines: string[]): string[] =>
  listeningPorts(lines.join('\n')).listeners.map(({ port, bind }) => `${port} ${bind ?? '?'}`);
const kinds = (...lines: string[]): string[] =>
  listeningPorts(lines.join('\n')).events.map(({ kind, port }) => `${kind} ${port ?? ''}`.trim());

test('an announcement, where it stands and who prints it', () => {
  const log = 'Running migrations\r\n\r\n[2026-01-01 10:00:00] INFO: Listening on port :3005\r\n';
  expect(listeningPorts(log)).toEqual({
    listeners: [
      {
        pattern: expect.objectContaining({ id: 'audiobookshelf', product: 'audiobookshelf' }),
        line: 3,
        text: '[2026-01-01 10:00:00] INFO: Listening on port :3005',
        said: 'Listening on port :3005',
        protocol: 'TCP',
        host: undefined,
        scheme: undefined,
        port: 3005,
        bind: undefined,
        display: false,
      },
    ],
    events: [],
    others: [],
  });
});

test('colours and links are no part of a line', () => {
  expect(
    ports('  \x1b[32m➜\x1b[39m  \x1b[1mLocal\x1b[22m:   \x1b[36mhttp://localhost:\x1b[1m5173\x1b[22m/'),
  ).toEqual(['5173 ?']);
  expect(ports('* Listening on \x1b]8;;http://0.0.0.0:3000\x07http://0.0.0.0:3000\x1b]8;;\x07')).toEqual([
    '3000 ipv4',
  ]);
});

describe('shared words', () => {
  test('count where nothing else does', () =>
    expect(ports('Server listening on port 3000', 'App running on http://localhost:4000')).toEqual([
      '3000 ?',
      '4000 ?',
    ]));
  test('do not beside a line of a program', () =>
    expect(ports('worker started on port 9999', 'Uvicorn running on http://0.0.0.0:8000')).toEqual([
      '8000 ipv4',
    ]));
  test('do beside metrics, which are no service', () =>
    expect(
      ports(
        '{"logger":"controller-runtime.metrics","msg":"Serving metrics server","bindAddress":":8080"}',
        'api listening on :3000',
      ),
    ).toEqual(['8080 all', '3000 ?']));
  test.each([
    'backup started at 10:15:30',
    'backup started on 2026-01-01',
    'running on 16 threads',
    'Listening on 10.0.0.1',
    'support is running on weekends',
  ])('%s: no port', (line) => expect(ports(line)).toEqual([]));
});

describe('the last announcement counts', () => {
  test('MySQL says port 0 for the server of its first start', () => {
    const ready = (port: number): string =>
      `mysqld: ready for connections. Version: '8.0.46'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}  MySQL`;
    expect(ports(ready(0))).toEqual([]);
    expect(ports(ready(0), ready(3306))).toEqual(['3306 ?']);
  });
  test('PostgreSQL of older images is bound to loopback at its first start', () =>
    expect(
      ports(
        'LOG:  listening on IPv4 address "127.0.0.1", port 5432',
        'LOG:  listening on IPv4 address "0.0.0.0", port 5432',
      ),
    ).toEqual(['5432 loopback', '5432 ipv4']));
  test('a wizard on a port of its own', () => {
    const line = (port: number): string =>
      `1#1 [info] webapi: starting plain server server=plain addr=0.0.0.0:${port}`;
    expect(ports(line(3000), line(80))).toEqual(['80 ipv4']);
  });
  test('a run announces several ports where its program has several', () =>
    expect(ports('Now listening on: http://[::]:8080', 'Now listening on: https://[::]:8443')).toEqual([
      '8080 all',
      '8443 all',
    ]));
  test('in the order of the log, each where it is said last', () => {
    const line = (port: number, scheme = 'http'): string => `Now listening on: ${scheme}://[::]:${port}`;
    expect(ports(line(1), line(2), line(1, 'https'))).toEqual(['2 all', '1 all']);
    const others = Array.from({ length: 99 }, (_, index) => line(index + 2));
    expect(ports(line(1), ...others, line(1), line(101))).toContain('1 all');
  });
  test('of very many', () => {
    const { listeners } = listeningPorts(
      Array.from({ length: 60_000 }, (_, index) => `Now listening on: http://[::]:${index + 1}`).join('\n'),
    );
    expect(listeners.length).toBe(100);
    expect(listeners.at(-1)).toMatchObject({ port: 60_000, line: 60_000 });
  });
  test('with the line of the last', () => {
    const { listeners } = listeningPorts('Starting up on port 80\n\nStarting up on port 80\n');
    expect(listeners).toMatchObject([{ port: 80, line: 3 }]);
  });
});

describe('hosts that are printed for people', () => {
  test.each([
    ['Server now running at http://127.0.0.1:1880/', ['1880 ?'], true],
    ['[SERVER] INFO: Listening on: http://localhost:3001', ['3001 ?'], true],
    ['Listening on: http://hello-kubernetes-594f6f475f-gpfvs:8080', ['8080 ?'], true],
    [
      'INFO Server started on:   http://127.0.0.1:3000 (bound on host 0.0.0.0 and port 3000)',
      ['3000 ipv4'],
      false,
    ],
    [
      'INFO Server started on:   http://127.0.0.1:3000 (bound on host 127.0.0.1 and port 3000)',
      ['3000 loopback'],
      false,
    ],
    ['INFO Server started on:   http://127.0.0.1:3000', ['3000 ?'], true],
    ['[I 10:00:00 ServerApp] http://jupyter-0:8888/lab?token=x', ['8888 ?'], true],
  ])('%s', (line, expected, display) => {
    expect(ports(line)).toEqual(expected);
    expect(listeningPorts(line).listeners[0]!.display).toBe(display);
  });
  test.each([
    ['INFO:     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)', '8000 loopback'],
    [' * Running on http://127.0.0.1:5000', '5000 loopback'],
    ['   - Local:        http://frontend-5bb695b7b6-25ngt:3000', '3000 hostname'],
    ['   - Local:        http://localhost:3000', '3000 ?'],
    ['msg="Listening on" address=[::]:9100', '9100 all'],
    ['binding to port localhost/127.0.0.1:2181', '2181 loopback'],
    ['publish_address {10.1.0.5:9200}, bound_addresses {127.0.0.1:9200}, {10.1.0.5:9200}', '9200 hostname'],
    ['publish_address {127.0.0.1:9200}, bound_addresses {[::1]:9200}, {127.0.0.1:9200}', '9200 loopback'],
  ])('the address itself: %s', (line, expected) => expect(ports(line)).toEqual([expected]));
});

describe('lines about the addresses of another line', () => {
  test('Flask on all addresses prints loopback to click on', () => {
    const lines = [' * Running on all addresses (0.0.0.0)', ' * Running on http://127.0.0.1:5000'];
    expect(ports(...lines)).toEqual(['5000 ipv4']);
    expect(listeningPorts(lines.join('\n')).listeners[0]!.display).toBe(true);
    expect(ports(...lines, ' * Running on all addresses (::)')).toEqual(['5000 all']);
  });
  test('Vite without --host is on loopback', () =>
    expect(ports('  ➜  Local:   http://localhost:5173/', '  ➜  Network: use --host to expose')).toEqual([
      '5173 loopback',
    ]));
  test('Mosquitto without a configuration is on loopback', () =>
    expect(ports('Starting in local only mode.', 'Opening ipv4 listen socket on port 1883.')).toEqual([
      '1883 loopback',
    ]));
  test('only of the same program', () =>
    expect(ports('Starting in local only mode.', 'Starting up on port 80')).toEqual(['80 ?']));
});

test('S-112 what else a log tells', () =>
  expect(
    kinds(
      'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)',
      "Error: environment variable 'port=tcp://10.0.0.143:3000' could not be parsed",
      'DBG Starting TCP Server entryPointName=web',
      'listen udp :53: bind: permission denied',
    ),
  ).toEqual(['bind-error 80', 'service-link-error', 'no-port-hint', 'bind-error 53']));

test('TCP and UDP', () => {
  const { events } = listeningPorts(
    'listen udp :53: bind: permission denied\nlisten tcp :53: bind: permission denied',
  );
  expect(events.map(({ protocol }) => protocol)).toEqual(['UDP', 'TCP']);
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...logPatterns().flatMap(({ words, regex }) => [...words, regex]),
    '\n',
    '\r\n',
    '\x1b[1m',
    '\x1b]8;;',
    ':80',
    ':65536',
    '0.0.0.0',
    '[::]',
    'http://',
    ' '.repeat(40),
  );
  const log = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 40 })
    .map((parts) => parts.join(''));

  test('is read without an error, and what is found is there', () =>
    fc.assert(
      fc.property(log, (text) => {
        const lines = text
          .replace(/\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\))/g, '')
          .split('\n');
        const { listeners, events } = listeningPorts(text);
        for (const one of [...listeners, ...events]) {
          expect(lines[one.line - 1]).toContain(one.text);
          expect(one.text).toContain(one.said);
        }
        for (const { port } of listeners) expect(port > 0 && port < 65536).toBe(true);
      }),
    ));

  test('of one line that never ends is read at its beginning', () => {
    expect(ports(`Starting up on port 80${'x'.repeat(3_000_000)}`)).toEqual([]);
    expect(ports(`Starting up on port 80 ${'x'.repeat(3_000_000)}`)).toEqual(['80 ?']);
    const line = `${' '.repeat(2000 - 'Starting up on port 30'.length)}Starting up on port 30`;
    expect(ports(line)).toEqual(['30 ?']);
    expect(ports(`${line}05`)).toEqual([]);
    expect(ports(`${'x'.repeat(2000)} Starting up on port 80`)).toEqual([]);
  });
});

test.each([
  [
    '[2026-06-01 10:00:00 +0000] [7] [INFO] Listening at: http://0.0.0.0:8000,http://127.0.0.1:8001,unix:/run/g.sock (7)',
    ['8000 ipv4', '8001 loopback'],
  ],
  ['[INFO] Listening at: unix:/run/g.sock,https://[::]:8443 (7)', ['8443 all']],
  [
    'TomcatWebServer : Tomcat started on ports 8080 (http), 8443 (https) with context path',
    ['8080 ', '8443 '],
  ],
  ['Tomcat started on port(s): 8080 (http) 8443 (https) with context path', ['8080 ', '8443 ']],
  ['JettyWebServer : Jetty started on ports 8443 (ssl, http/1.1), 8080 (http/1.1)', ['8443 ', '8080 ']],
])('each socket of one line: %s', (line, sockets) => {
  const { listeners } = listeningPorts(line);
  expect(listeners.map(({ port, bind = '' }) => `${port} ${bind}`)).toEqual(sockets);
});
