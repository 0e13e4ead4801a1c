import { describe, expect, test } from 'vitest';
import { listeningPorts } from './log-lines.ts';

/** What a line tells as `bind-error 80`; what it announces, which must be nothing, as `listen 80`. */
const told = (line: string): string => {
  const { listeners, events } = listeningPorts(line);
  const announced = listeners.map(({ port }) => `listen ${port}`);
  return [...announced, ...events.map(({ kind, port }) => `${kind} ${port ?? '?'}`)].join(', ');
};

describe('a line that tells why nothing listens', () => {
  test.each([
    [
      'Error: error binding to 0.0.0.0:80: error creating server listener: Permission denied (os error 13)',
      '80',
    ],
    ['events.js:292 throw er; Error: listen EACCES 0.0.0.0:80', '80'],
    ["  code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: '::', port: 3000", '3000'],
    ['Error: Port 8080 is already in use', '8080'],
    ['Something is already running on port 8080.', '8080'],
    ['Port(s) already bound: 8080: Cannot assign requested address', '8080'],
    ['Caused by: java.net.BindException: Address already in use: bind 0.0.0.0:8080', '8080'],
    ['java.io.IOException: Failed to bind to /0.0.0.0:8080', '8080'],
    [
      'Caused by: io.netty.channel.unix.Errors$NativeIoException: bind(..) failed: Address already in use',
      '?',
    ],
    ['Failed to initialize connector [Connector["http-nio-80"]]', '80'],
    ['The Tomcat connector configured to listen on port 8080 failed to start.', '8080'],
    ['crit: Unable to start Kestrel. System.Net.Sockets.SocketException (13): Permission denied', '?'],
    ['stream_socket_server(): Unable to connect to tcp://0.0.0.0:80 (Permission denied)', '80'],
    ["ERROR: unable to bind listening socket for address '9000': Address already in use (98)", '9000'],
    ["socket.rb:201:in `bind': Permission denied - bind(2) for 0.0.0.0:80 (Errno::EACCES)", '80'],
    ['puma: Address already in use - bind(2) for "0.0.0.0" port 3000 (Errno::EADDRINUSE)', '3000'],
    ['[ALERT] (1) : Starting frontend http-in: cannot bind socket [0.0.0.0:80]', '80'],
    ['1:M 01 Jun 2026 10:00:00.000 # Failed listening on port 6379 (tcp), aborting.', '6379'],
    ['LOG:  could not bind IPv4 address "0.0.0.0": Address already in use', '?'],
    ["[ERROR] Can't start server: Bind on TCP/IP port: Address already in use", '?'],
    ['[ERROR] Do you already have another server running on port: 3306 ?', '3306'],
    ['Failed to start Ranch listener w in ranch_tcp:listen([{port,5672}]) for reason eaddrinuse', '5672'],
    ['[error] Running Web.Endpoint with cowboy 2.9.0 at http failed, port 80 already in use', '80'],
    ['OSError: [Errno 98] Address already in use', '?'],
    ['PermissionError: [Errno 13] Permission denied', '?'],
    ['dnsmasq: failed to create listening socket for port 53: Permission denied', '53'],
    ['no listening sockets available, shutting down', '?'],
    ['F0601 10:00:00.123456       1 main.go:42] listen tcp :8080: bind: permission denied', '8080'],
    ['{"level":"fatal","msg":"no start","error":"listen tcp :8080: bind: address already in use"}', '8080'],
    ['2026-06-01T10:00:00.1Z stderr F Error: listen EADDRINUSE: address already in use :::3000', '3000'],
    ['\x1b[31mError\x1b[0m: listen EACCES: permission denied \x1b[1m0.0.0.0:80\x1b[0m', '80'],
  ])('%s', (line, port) => expect(told(line)).toBe(`bind-error ${port}`));

  test.each([
    'strconv.Atoi: parsing "tcp://10.43.0.1:8080": invalid syntax',
    '{"error":"strconv.Atoi: parsing \\"tcp://10.43.0.1:8080\\": invalid syntax"}',
    "error: invalid value 'tcp://10.43.0.1:8080' for '--port <PORT>': invalid digit found in string",
    'Property: server.port Value: "tcp://10.43.0.1:8080" could not be parsed as an integer',
    'ArgumentError: invalid value for Integer(): "tcp://10.43.0.1:3000"',
    "Input should be a valid integer [type=int_parsing, input_value='tcp://10.43.0.1:8000']",
    "System.FormatException: Invalid url: 'http://*:tcp://10.43.0.1:80'",
  ])('a Service’s link where a number was wanted: %s', (line) =>
    expect(told(line)).toBe('service-link-error ?'),
  );
});

describe('a line about something else', () => {
  test.each([
    'open /data/app.db: permission denied',
    "PermissionError: [Errno 13] Permission denied: '/data/uploads'",
    'listen unix /run/app.sock: bind: address already in use',
    'dial tcp 10.0.0.1:0->10.0.0.2:5432: bind: cannot assign requested address',
    'LDAP: could not bind to 10.0.0.4:389: invalid credentials',
    'failed to bind 3 volumes',
    'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    'connecting to docker at "tcp://10.0.0.5:2375": invalid response',
    'OpenTelemetry exporter started, endpoint=http://localhost:4317',
    '{"msg":"tracer started","agent_addr":"localhost:8126"}',
    'Scheduler started, polling http://localhost:9200',
    'request started url=http://localhost:8080/healthz',
    'pushing metrics to http://pushgateway:9091 started',
    'dial tcp 10.43.12.7:5432: connect: connection refused',
    'wait-for-it.sh: db:5432 is available after 0 seconds',
  ])('%s', (line) => expect(told(line)).toBe(''));
});
