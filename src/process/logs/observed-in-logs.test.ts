import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubtsOf } from '../../testing/doubts-of.ts';
import { howKnown } from '../../testing/how-known.ts';
import type { ContainerProcess, KnownListener } from '../listeners/container-process.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import { wordGrounds } from '../listeners/grounds/ground.ts';
import { missing } from '../listeners/missing-proof.ts';
import { pod, told } from '../testing-containers.ts';
import { listeningPorts } from './log-lines.ts';
import { type LoggedProcess, withLog } from './observed-in-logs.ts';

const logged = (container: string, ...lines: string[]): LoggedProcess =>
  withLog(told(pod(container)).process, {
    path: 'app.log',
    observations: listeningPorts(lines.join('\n')),
  });
/** The same for a process of which something else is known than a manifest of this test can say. */
const loggedAs = (container: string, change: Partial<ContainerProcess>, ...lines: string[]): LoggedProcess =>
  withLog(
    { ...told(pod(container)).process, ...change },
    { path: 'app.log', observations: listeningPorts(lines.join('\n')) },
  );
const listener = (port: number, bind: KnownListener['bind'] = 'all'): KnownListener => ({
  port,
  protocol: 'TCP',
  bind,
  grounds: [{ kind: 'log', line: { said: 'a test', path: 'a.log', number: 1, pattern: { id: 'test' } } }],
  at: undefined,
});
const open = ({ listeners }: LoggedProcess): string[] =>
  listeners.map(({ port, protocol, bind }) => `${port}/${protocol} ${bind}`);
const closed = (process: LoggedProcess): string[] =>
  process.closed.map(({ port, protocol }) => `${port}/${protocol}`);

const SHELF = 'image: "ghcr.io/advplyr/audiobookshelf:2.17"';
const UNKNOWN = 'image: mycorp/app';

describe('an announced port is open', () => {
  test('of an image that is not known, and says whose words they are', () => {
    const process = logged(
      UNKNOWN,
      'starting',
      'INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C)',
    );
    const said = 'Uvicorn running on http://0.0.0.0:8000';
    const line = { said, path: 'app.log', number: 2, pattern: { id: 'uvicorn' } };
    expect(howKnown(process)).toEqual([`its log says so: "${said}" (app.log:2), pattern uvicorn`]);
    expect(process.listeners).toEqual([
      {
        port: 8000,
        protocol: 'TCP',
        bind: 'ipv4',
        grounds: [{ kind: 'log', line }],
        at: undefined,
      },
    ]);
    expect(process).toMatchObject({ complete: false, closed: [] });
  });

  test('as inferred: the log is the better ground, and nothing else changes', () => {
    const process = logged(SHELF, 'INFO: Listening on port :80');
    expect(open(process)).toEqual(['80/TCP all']);
    expect(howKnown(process)[0]).toContain('(app.log:1), pattern audiobookshelf');
    expect(process).toMatchObject({ complete: true, missing: [], closed: [] });
  });

  test('of another program: what was inferred is only possible', () => {
    const process = logged('image: "nginx:1.27"', 'Uvicorn running on http://0.0.0.0:8000');
    expect(open(process)).toEqual(['8000/TCP ipv4']);
    expect(process.possible).toContainEqual({ port: 80, protocol: 'TCP' });
    expect(process).toMatchObject({ complete: false, closed: [] });
    expect(doubtsOf(process)).toHaveLength(1);
  });

  test('that is one of those an image may open', () => {
    const process = logged('image: "rabbitmq:4"', 'started TCP listener on [::]:5671');
    expect(open(process)).toContain('5671/TCP all');
    expect(process.possible.map(({ port }) => port)).not.toContain(5671);
    expect(process.complete).toBe(told(pod('image: "rabbitmq:4"')).process.complete);
  });

  test('beside the main one: then more may be', () =>
    expect(logged(SHELF, 'Listening on port :80', 'Now listening on: http://[::]:9000').complete).toBe(
      false,
    ));

  test('for those that were inferred, where the log does not tell', () => {
    const [known] = loggedAs(
      SHELF,
      { listeners: [listener(80, 'loopback')] },
      'Listening on port :80',
    ).listeners;
    expect(known!.bind).toBe('loopback');
  });

  test('a long line is quoted in part', () => {
    const line = `msg="Listening on" ${'field=1 '.repeat(60)}address=:9100`;
    expect(howKnown(logged(UNKNOWN, line))[0]!.length).toBeLessThan(200);
  });
});

describe('a main port that its own program announces elsewhere has moved', () => {
  test('and its old place is closed', () => {
    const process = logged(SHELF, 'INFO: Listening on port :3005');
    expect(open(process)).toEqual(['3005/TCP all']);
    expect(closed(process)).toEqual(['80/TCP']);
    expect(process.complete).toBe(true);
    expect(wordGrounds(process.closed[0]!.grounds)).toContain('"Listening on port :3005"');
  });
  test('also where the variable that moves it is not in the input', () => {
    const process = logged(
      `${SHELF}, envFrom: [{ configMapRef: { name: absent } }]`,
      'Listening on port :3005',
    );
    expect(open(process)).toEqual(['3005/TCP all']);
    expect(closed(process)).toEqual(['80/TCP']);
    expect(process.complete).toBe(false);
  });
  test('from where a variable put it, too', () =>
    expect(
      closed(logged(`${SHELF}, env: [{ name: PORT, value: "4000" }]`, 'Listening on port :3005')),
    ).toEqual(['80/TCP', '4000/TCP']));
  test('not where another program prints the line', () =>
    expect(closed(logged('image: "nginx:1.27"', 'Listening on port :3005'))).toEqual([]));
  describe('of an image with several ports', () => {
    const VAULT = 'image: vaultwarden/server';
    const moved = 'Rocket has launched from http://0.0.0.0:8000';
    test('a listener that need not be the main one stays', () => {
      const unclear = {
        complete: false,
        missing: missing('variable', [doubt('value-outside', { variable: 'ROCKET_PORT', from: 'env' })]),
      };
      const process = loggedAs(VAULT, { listeners: [listener(3012)], ...unclear }, moved);
      expect(open(process)).toEqual(['8000/TCP ipv4', '3012/TCP all']);
      expect(closed(process)).toEqual(['80/TCP']);
    });
    test('the place of another port of it is not closed', () =>
      expect(
        closed(loggedAs(VAULT, { listeners: [listener(3012)], complete: true, missing: [] }, moved)),
      ).toEqual(['80/TCP']));
  });
  test.each([{ closed: true }, { conditional: true }])(
    'not where the image need not open it: %j',
    (change) => {
      const fact = told(pod(SHELF)).process.fact!;
      const ports = fact.ports.map((port) => ({ ...port, ...change }));
      expect(closed(loggedAs(SHELF, { fact: { ...fact, ports } }, 'Listening on port :3005'))).toEqual([]);
    },
  );
  test('not where its own program has several', () =>
    expect(closed(logged('image: "rabbitmq:4"', 'started TCP listener on [::]:5673'))).toEqual([]));
});

describe('a port for the loopback of the Pod is closed to others', () => {
  test('by the address', () => {
    const process = logged(UNKNOWN, 'Uvicorn running on http://127.0.0.1:8000');
    expect(open(process)).toEqual(['8000/TCP loopback']);
    expect(closed(process)).toEqual(['8000/TCP']);
  });
  test('not when an address of the Pod is beside it', () => {
    const process = logged(
      UNKNOWN,
      'Server listening at http://127.0.0.1:3000',
      'Server listening at http://10.42.0.9:3000',
    );
    expect(open(process)).toEqual(['3000/TCP all']);
    expect(howKnown(process)[0]).toContain('10.42.0.9:3000" (app.log:2)');
    expect(closed(process)).toEqual([]);
  });
  test('not by a host for people to click on', () =>
    expect(closed(logged(UNKNOWN, 'Server now running at http://127.0.0.1:1880/'))).toEqual([]));
  test('the server of a first start is over', () =>
    expect(
      open(
        logged(
          UNKNOWN,
          'listening on IPv4 address "127.0.0.1", port 5432',
          'listening on IPv4 address "0.0.0.0", port 5432',
        ),
      ),
    ).toEqual(['5432/TCP ipv4']));
});

describe('a bind that failed', () => {
  const denied = 'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)';
  test('for want of a permission closes the port', () => {
    const process = logged('image: "nginx:1.27"', denied);
    expect(process).toMatchObject({ listeners: [], complete: true });
    expect(closed(process)).toEqual(['80/TCP']);
    expect(wordGrounds(process.closed[0]!.grounds)).toContain('bind() to 0.0.0.0:80 failed');
  });
  test('twice: the last time counts', () => {
    const used = 'listen tcp :80: bind: address already in use';
    const refused = 'listen tcp :80: bind: permission denied';
    expect(closed(logged(UNKNOWN, used, refused))).toEqual(['80/TCP']);
    expect(closed(logged(UNKNOWN, refused, used))).toEqual([]);
  });
  test('of UDP is none of TCP', () => {
    const process = logged('image: "nginx:1.27"', 'listen udp :80: bind: permission denied');
    expect(open(process)).toEqual(['80/TCP all']);
    expect(closed(process)).toEqual(['80/UDP']);
  });
  test('also where the image is not known', () =>
    expect(closed(logged(UNKNOWN, denied))).toEqual(['80/TCP']));
  test('after the program said that it listens', () => {
    const process = logged(UNKNOWN, 'Starting up on port 80', 'listen tcp :80: bind: permission denied');
    expect(process.listeners).toEqual([]);
    expect(closed(process)).toEqual(['80/TCP']);
  });
  test('and succeeded later is forgotten', () => {
    const process = logged(UNKNOWN, 'listen tcp :80: bind: permission denied', 'Starting up on port 80');
    expect(open(process)).toEqual(['80/TCP all']);
    expect(closed(process)).toEqual([]);
  });
  test.each([
    [
      'as the port is in use: someone of the Pod has it',
      'Error: listen EADDRINUSE: address already in use :::80',
    ],
    ['in nginx, too', 'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)'],
    ['for IPv6 alone', '(97)Address family not supported: make_sock: could not bind to address [::]:80'],
  ])('%s: nothing is proved', (_, line) => {
    const process = logged('image: "nginx:1.27"', line);
    expect(process).toMatchObject({ listeners: [], complete: false, closed: [] });
    expect(doubtsOf(process)[0]).toContain('app.log:1');
  });
});

describe('S-112 the link of a Service in a port variable', () => {
  const crash = "Error: Invalid value for '--port': 'tcp://10.43.0.1:8000' is not a valid integer.";
  test('leaves open where it listens', () =>
    expect(logged(SHELF, crash)).toMatchObject({ listeners: [], complete: false, closed: [] }));
  test('does no harm before an announcement', () =>
    expect(logged(SHELF, crash, 'Listening on port :80').complete).toBe(true));
  test('in any line that speaks of a port is no crash', () =>
    expect(logged(SHELF, 'SHOP_PORT=tcp://10.43.0.1:8000').complete).toBe(true));
});

test('a log that tells nothing leaves what is known, and says so where something is in doubt', () => {
  expect(logged(SHELF, 'ready')).toMatchObject({ ...told(pod(SHELF)).process, closed: [] });
  expect(doubtsOf(logged(UNKNOWN, 'ready'))).toEqual([
    `${doubtsOf(told(pod(UNKNOWN)).process)[0]}, and its log app.log announces no port`,
  ]);
});

describe('any log', () => {
  const line = fc.constantFrom(
    'Listening on port :80',
    'Listening on port :3005',
    'Uvicorn running on http://127.0.0.1:80',
    'Uvicorn running on http://0.0.0.0:3005',
    'listen tcp :80: bind: permission denied',
    'listen tcp :3005: bind: address already in use',
    "Error: 'tcp' is not a valid port number.",
    'ready',
  );
  const lines = fc.array(line, { maxLength: 6 });
  const container = fc.constantFrom(SHELF, UNKNOWN, 'image: "nginx:1.27"', 'image: "rabbitmq:4"');

  test('closes no port that other Pods reach, and is complete only without a doubt', () =>
    fc.assert(
      fc.property(container, fc.array(lines, { minLength: 1, maxLength: 3 }), (written, logs) => {
        const process = logs.reduce(
          (known, text) => withLog(known, { path: 'a.log', observations: listeningPorts(text.join('\n')) }),
          withLog(told(pod(written)).process, { path: 'a.log', observations: listeningPorts('') }),
        );
        const reached = process.listeners.filter(({ bind }) => bind !== 'loopback').map(({ port }) => port);
        expect(process.closed.filter(({ port }) => reached.includes(port))).toEqual([]);
        expect(process.complete).toBe(doubtsOf(process).length === 0);
        expect(new Set(closed(process)).size).toBe(process.closed.length);
        expect(new Set(process.listeners.map(({ port }) => port)).size).toBe(process.listeners.length);
      }),
    ));
});

describe('a program that prints every socket, or ends', () => {
  const KESTREL = 'Now listening on: http://[::]:8080';
  const declared = (container: string, ports: number[], ...lines: string[]): LoggedProcess =>
    withLog(
      told(pod(container)).process,
      { path: 'app.log', observations: listeningPorts(lines.join('\n')) },
      ports.map((port) => ({ port, protocol: 'TCP' as const })),
    );
  const possible = ({ possible: all }: LoggedProcess): number[] => all.map(({ port }) => port);

  test.each([
    KESTREL,
    'shop 1.0 on JVM started in 1.2s. Listening on: http://0.0.0.0:8080',
    '[1] [INFO] Listening at: http://0.0.0.0:8080 (1)',
    'Tomcat started on port 8080 (http) with context path',
    'Tomcat started on port(s): 8080 (http)',
    'Netty started on port 8080 (http)',
    'Jetty started on port 8080 (http/1.1)',
    'Undertow started on port(s) 8080 (http)',
  ])('%s: nothing else serves', (line) => {
    const process = declared(UNKNOWN, [80], line);
    expect(process.closedElse?.get('TCP')).toMatchObject({ kind: 'log' });
    expect(possible(process)).toEqual([]);
  });
  test('others leave that open', () =>
    expect(declared(UNKNOWN, [80], 'Listening on :8080').closedElse).toBeUndefined());
  test('what is declared beside an announced port may be open', () =>
    expect(possible(declared(UNKNOWN, [8080, 9090], KESTREL))).toEqual([9090]));
  test('and so may what shared words announce', () =>
    expect(possible(declared(UNKNOWN, [], KESTREL, 'metrics server listening on :9090'))).toEqual([9090]));
  test.each([
    'listen tcp: address tcp://10.43.0.1:8080: too many colons in address',
    "ValueError: invalid literal for int() with base 10: 'tcp://10.43.0.1:8000'",
    "Error: 'tcp' is not a valid port number.",
    'java.lang.NumberFormatException: For input string: "tcp://10.43.0.1:8080"',
  ])('%s: nothing serves', (line) => {
    const process = logged('image: "nginx:1.27"', line);
    expect(open(process)).toEqual([]);
    expect(process.closedElse?.has('TCP')).toBe(true);
    expect(process.complete).toBe(false);
    const again = logged('image: "nginx:1.27"', line, 'Uvicorn running on http://0.0.0.0:8000');
    expect(again.closedElse).toBeUndefined();
    expect(open(again)).toEqual(['8000/TCP ipv4']);
  });
  test.each([
    'Error: Os { code: 13, kind: PermissionDenied, message: "Permission denied" }',
    'java.net.BindException: Permission denied (Bind failed)',
  ])('%s: what was inferred is not believed, without a number', (line) => {
    const process = logged('image: "nginx:1.27"', line);
    expect(open(process)).toEqual([]);
    expect(doubtsOf(process)[0]).toContain('its log says so');
  });
  test('a port that a line implies counts where nothing else is known', () => {
    const line = '<26 server listening (auto-negotiate)';
    expect(open(logged(UNKNOWN, line))).toEqual(['11211/TCP all']);
    expect(howKnown(logged(UNKNOWN, line))[0]).toContain('11211 unless told otherwise');
    expect(open(logged(`${UNKNOWN}, command: [memcached, -p, "81"]`, line))).toEqual(['81/TCP all']);
  });
});

describe('binds that fail', () => {
  test.each([
    ["[Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use", 8000],
    ["[ERROR] Connection in use: ('0.0.0.0', 8000)", 8000],
    ['Web server failed to start. Port 8080 was already in use.', 8080],
    ['Failed to bind to address http://[::]:8080: address already in use.', 8080],
    ['Address already in use - bind(2) for "0.0.0.0" port 3000 (Errno::EADDRINUSE)', 3000],
    ['Could not create server TCP listening socket *:6379: bind: Address already in use', 6379],
  ])('%s: open to someone, so that nothing is closed', (line, port) => {
    const { events } = listeningPorts(line);
    expect(events.map(({ kind, port: number }) => [kind, number])).toEqual([['bind-error', port]]);
    expect(closed(logged(UNKNOWN, line))).toEqual([]);
  });
  test.each([
    ['Failed to listen on 0.0.0.0:80 (reason: Permission denied)', 80],
    ["error adding listener: 'l': cannot bind '0.0.0.0:80': Permission denied", 80],
    ['[ALERT] (1) : Binding for frontend http: cannot bind socket (Permission denied) for [0.0.0.0:80]', 80],
    ["[Errno 13] error while attempting to bind on address ('0.0.0.0', 80): permission denied", 80],
  ])('%s: closed', (line, port) => expect(closed(logged(UNKNOWN, line))).toEqual([`${port}/TCP`]));
});
