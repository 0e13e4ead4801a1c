import { describe, expect, test } from 'vitest';
import { listeningPorts } from './log-lines.ts';

const ports = (line: string): string =>
  listeningPorts(line)
    .listeners.map(({ port, bind }) => `${port} ${bind ?? '?'}`)
    .join(', ');

describe('what programs that nobody knows print of the sockets they open', () => {
  test.each([
    ['2026/06/01 10:00:00 Server starting on :8080', '8080 all'],
    ['Listening on :8080', '8080 ?'],
    ['listening on 0.0.0.0:3000', '3000 ipv4'],
    ['server listening at [::]:50051', '50051 all'],
    ['argocd-repo-server is listening on [::]:8081', '8081 all'],
    ['Serving securely on [::]:10250', '10250 all'],
    ['Starting Tornado server on :8083', '8083 all'],
    ['Starting server at 0.0.0.0:8888...', '8888 ipv4'],
    ['GoTrue API started on: 0.0.0.0:9999', '9999 ipv4'],
    ['[HTTP] Binding to address: 0.0.0.0:8025', '8025 ipv4'],
    ['INF c.t.finagle bound to 0.0.0.0/0.0.0.0:8080', '8080 ipv4'],
    ['Network Listener http-listener-1 started in: 5ms - bound to [/0.0.0.0:8080]', '8080 ipv4'],
    ['Undertow HTTP listener default listening on 0.0.0.0:8080', '8080 ipv4'],
    ['Listening on /0:0:0:0:0:0:0:0:25577', '25577 all'],
    ['Server listening on *:8080', '8080 ?'],
    ['listening on 127.0.0.1:3000', '3000 loopback'],
    ['listening on [::1]:3000', '3000 loopback'],
    ['http server started listening on [:8000]', '8000 all'],
    ['Started web server on 0.0.0.0:8000', '8000 ipv4'],
    ['starting secure gRPC discovery service at [::]:15012', '15012 all'],
    ['🦊 Elysia is running at localhost:3000', '3000 ?'],
    ['Server running at http://127.0.0.1:3000/', '3000 ?'],
    ['Server is running on http://localhost:4000/graphql', '4000 ?'],
    ['Server available on: http://0.0.0.0:8080', '8080 ipv4'],
    ['[INFO] Server online at http://[::]:8080/', '8080 all'],
    ['Kemal is ready to lead at http://0.0.0.0:3000', '3000 ipv4'],
    ['http4s v0.23.26 on Ember started at http://[::]:8080/', '8080 ?'],
    ['Starting server on port 8080', '8080 ?'],
    ['argocd v2.11.2 serving on port 8080 (url: , tls: false)', '8080 ?'],
    ['Serving insecurely on HTTP port: 9090', '9090 ?'],
    ['App is running on PORT 3000', '3000 ?'],
    ['Synapse now listening on TCP port 8008', '8008 ?'],
    ['Listening for client driver connections on port 28015', '28015 ?'],
    ['started on port(s) 8080 (http)', '8080 ?'],
    ['{"level":"info","message":"server listening","addr":":8080"}', '8080 all'],
    ['{"level":30,"pid":1,"hostname":"web-0","msg":"listening","port":8080}', '8080 ?'],
    ['{"time":"2026-06-01T10:00:00Z","level":"INFO","msg":"Server started","http":":80"}', '80 all'],
    ['level=info msg="starting server" listen_addr=0.0.0.0:9000', '9000 ipv4'],
    ['level=info msg="listening" addr=127.0.0.1:9000', '9000 loopback'],
    ['time=10:00 level=INFO msg="server started" port=8080', '8080 ?'],
    ['{"msg":"Starting HTTP server","port":16686,"addr":":16686"}', '16686 all'],
    ['{"msg":"http server was started","address":"0.0.0.0:8080"}', '8080 ipv4'],
    ['HERTZ: HTTP server listening on address=[::]:8888', '8888 all'],
    ['msg="Started Listening for plain HTTP connection" address=[::]:80', '80 all'],
    ['{"level":"info","msg":"starting the http server","port":":8080"}', '8080 all'],
    ['ts=2026-06-01T10:00:00Z caller=main.go:90 transport=HTTP addr=:8080', '8080 all'],
  ])('%s', (line, expected) => expect(ports(line)).toBe(expected));
});

describe('a port that is another’s, or none', () => {
  test.each([
    'Connected to database at 10.0.0.5:5432, server started',
    'connecting to redis on 127.0.0.1:6379',
    'Connection from 127.0.0.1:51234 started',
    'proxy started for http://127.0.0.1:9000',
    'Forwarding requests started to localhost:8081',
    'upstream 127.0.0.1:8080 is ready',
    'remote peer 10.42.0.7:7946 is up',
    'client 127.0.0.1:51234 is listening to channel news',
    'dialing [::1]:4317 to start exporting',
    'failed to start server on :8080',
    'unable to listen on port 8080',
    'Server stopped listening on port 8080',
    'shutting down server running on 0.0.0.0:8080',
    'no longer listening on :8080',
    'Server is not listening on port 8080',
    'waiting for service on port 5432 to be ready',
    'health check of port 8080 started',
    'readiness probe on port 8080 started',
    'Starting to push metrics to 127.0.0.1:9091',
    'scraping of port 9100 started',
    'error: server at http://localhost:8080 is not ready',
    '{"msg":"server started","db":{"host":"pg","port":5432}}',
    '{"msg":"started","host":"queue.example.com","port":5672}',
    'msg="request started" remote_addr=127.0.0.1:51234',
    'level=info msg="server started" client_addr=:51234',
    'time=10:15:30 server started',
    'backup started at 10:15:30',
    'Started GET "/" for 127.0.0.1 at 2026-06-01 10:00:00',
    '127.0.0.1 - - [01/Jun/2026:10:00:00 +0000] "GET /start HTTP/1.1" 200 1024',
    '10.42.0.1 - - [01/Jun/2026 10:00:00] "POST /running HTTP/1.1" 200 -',
    'Running version 1.20.3 build 8080',
    '{"level":30,"pid":4242,"hostname":"web-0","msg":"server started","count":8080}',
    '{"msg":"listening","time":1717236000,"pid":4242}',
    "{ msg: 'server started', 'pid': 4242 }",
    'Started server process [8080]',
    'started in 8080 ms',
    'Application started. Workers: 4, pid: 8080',
    'starting migration 20260601:3000',
    'ready in 3000 ms',
    'listening for 3000 events',
    'Redis is running on port 6379 according to DNS, kafka broker on port 9092',
    'starting job 127 of 3000',
    'opened file /var/lib/x:3000',
    'available memory: 8080 MB',
    'Serving files from /srv:8080.bak',
    'http://localhost:3000/docs',
    'see https://example.com:8443/start for how to begin',
    'server available at https://shop.example.com:8443',
    'Debugger listening on ws://127.0.0.1:9229/0f2c',
    'certificate for :443 is up to date with 127.0.0.1:8080.example',
  ])('%s', (line) => expect(ports(line)).toBe(''));
});

describe('whether an address of loopback is bound, or is there to click on', () => {
  test.each([
    ['* Running on local URL:  http://127.0.0.1:7860', '7860 loopback'],
    ['* Running on local URL:  http://localhost:7860', '7860 ?'],
    ['* Running on local URL:  http://0.0.0.0:7860', '7860 ipv4'],
    ['[ NOTICE ] Server starting on http://127.0.0.1:8080', '8080 loopback'],
    ['Web Server is available at http://localhost:1313/ (bind address 127.0.0.1)', '1313 loopback'],
    ['Web Server is available at //localhost:1313/ (bind address 0.0.0.0)', '1313 ipv4'],
    ['    Server address: http://127.0.0.1:4000/', '4000 loopback'],
    ['[I 10:00:00 ServerApp] http://localhost:8888/lab?token=x', '8888 loopback'],
    ['[I 10:00:00 ServerApp]  or http://127.0.0.1:8888/lab?token=x', '8888 ?'],
    ['Dash is running on http://127.0.0.1:8050/', '8050 loopback'],
    ['main: server is listening on http://127.0.0.1:8080 - starting the main loop', '8080 loopback'],
    ['🚀  Server ready at: http://localhost:4000/', '4000 ?'],
    ['Visit me at http://0.0.0.0:5555', '5555 ipv4'],
    ['Listening for HTTP on /0:0:0:0:0:0:0:0:9000', '9000 all'],
    ['Listening for HTTP on /0:0:0:0:0:0:0:1:9000', '9000 loopback'],
  ])('%s', (line, expected) => expect(ports(line)).toBe(expected));

  test('Astro without --host is on loopback', () =>
    expect(ports('┃ Local    http://localhost:4321/\n┃ Network  use --host to expose')).toBe(
      '4321 loopback',
    ));
});

test('two sockets in one line', () =>
  expect(
    ports(
      'shop 1.0.0 on JVM (powered by Quarkus 3.8) started in 1.2s. Listening on: http://0.0.0.0:8080. Management interface listening on http://0.0.0.0:9000.',
    ),
  ).toBe('8080 ipv4, 9000 ipv4'));
