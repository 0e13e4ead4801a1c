import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { speaks } from './first-bytes.ts';
import type { HttpAnswer } from './http-answer.ts';
import { readInside } from './inside-script.ts';
import { readProxied } from './proxy-answer.ts';
import { whoAnswered } from './who-answered.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const http = (status: number, body = '', headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  status,
  headers,
  body,
});

describe('what speaks, by its first bytes', () => {
  test.each([
    ['HTTP/1.1 200 OK\r\n\r\n', { kind: 'http', status: 200 }],
    ['HTTP/1.0 404 Not Found\r\n', { kind: 'http', status: 404 }],
    // An alert of TLS 1.2, and a ServerHello.
    ['\x15\x03\x01\x00\x02\x02\x46', { kind: 'tls' }],
    ['\x16\x03\x03\x00\x7a\x02', { kind: 'tls' }],
    ['HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n', { kind: 'tls' }],
    [
      'HTTP/1.1 400 Bad Request\r\n\r\n<center>The plain HTTP request was sent to HTTPS port</center>',
      { kind: 'tls' },
    ],
    ["-ERR unknown command 'GET'\r\n", { kind: 'tcp' }],
    ['SSH-2.0-OpenSSH_9.2\r\n', { kind: 'tcp' }],
    ['', { kind: 'tcp' }],
    ['\x16', { kind: 'tcp' }],
    ['HTTP/1.1 ', { kind: 'tcp' }],
  ])('%j', (text, answer) => expect(speaks(bytes(text))).toEqual(answer));

  test('any bytes have an answer', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (any) => {
        expect(['http', 'tls', 'tcp']).toContain(speaks(any).kind);
      }),
    ));
});

describe("what the API server's proxy says", () => {
  const status = (message: string, code = 503): HttpAnswer =>
    http(code, JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code }), {
      'content-type': 'application/json',
    });
  test.each([
    [
      'error trying to reach service: dial tcp 10.244.0.5:3005: connect: connection refused',
      { kind: 'refused' },
    ],
    ['no endpoints available for service "web"', { kind: 'refused' }],
    ['error trying to reach service: dial tcp 10.244.0.5:80: i/o timeout', { kind: 'timeout' }],
    ['error trying to reach service: EOF', { kind: 'tcp' }],
    [
      'error trying to reach service: net/http: HTTP/1.x transport connection broken: malformed MIME header line: "Server: \\x1b]0;x"',
      { kind: 'tcp' },
    ],
    [
      'error trying to reach service: net/http: HTTP/1.x transport connection broken: malformed HTTP response "-ERR unknown"',
      { kind: 'tcp' },
    ],
    [
      'error trying to reach service: net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02F"',
      { kind: 'tls' },
    ],
    [
      'error trying to reach service: read tcp 10.0.0.1:5->10.0.0.2:80: read: connection reset by peer',
      { kind: 'tcp' },
    ],
  ])('%s', (message, answer) => expect(readProxied(status(message))).toEqual({ kind: 'answer', answer }));

  test.each([
    [429, 'connect: connection refused'],
    [404, 'no endpoints available for service "web"'],
  ])('a program that says the same with %s is not believed', (code, message) =>
    expect(readProxied(status(message, code)).kind).toBe('unknown'),
  );

  test.each([
    'pods "web" is forbidden: User "x" cannot get resource "pods/proxy" in API group "" in the namespace "shop"',
    'error trying to reach service: proxy error from 127.0.0.1:6443 while dialing 10.42.1.78:8080, code 502: 502 Bad Gateway',
  ])('what says nothing of the Pod is unknown: %s', (message) =>
    expect(readProxied(status(message))).toEqual({ kind: 'unknown', why: message }),
  );

  test('an application answers with whatever it likes', () => {
    expect(readProxied(http(503, 'down'))).toEqual({ kind: 'answer', answer: { kind: 'http', status: 503 } });
    expect(readProxied(http(404, '{"kind":"Pod"}', { 'content-type': 'application/json' }))).toEqual({
      kind: 'answer',
      answer: { kind: 'http', status: 404 },
    });
    expect(readProxied(http(500, '{', { 'content-type': 'application/json' }))).toMatchObject({
      answer: { kind: 'http' },
    });
  });
});

describe('who answered behind a controller', () => {
  const NGINX =
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
  test.each<[string, HttpAnswer, HttpAnswer | undefined, string | undefined, string | undefined]>([
    ['the application is content', http(200, 'hi'), undefined, 'application', undefined],
    ['Traefik has no server', http(503, 'no available server\n'), undefined, 'controller', 'Traefik'],
    ['Traefik has no router', http(404, '404 page not found\n'), http(200, 'hi'), 'controller', 'Traefik'],
    [
      'an application in Go has no such page',
      http(404, '404 page not found\n'),
      http(404, '404 page not found\n'),
      undefined,
      undefined,
    ],
    ['Traefik cannot connect', http(502, 'Bad Gateway'), undefined, 'controller', 'Traefik'],
    ['nginx cannot connect', http(502, NGINX), undefined, 'controller', 'nginx'],
    ['nginx is the application', http(502, NGINX), http(502, NGINX), undefined, undefined],
    ['a default backend', http(404, 'default backend - 404'), undefined, 'controller', 'ingress-nginx'],
    [
      'HAProxy',
      http(
        503,
        '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>',
      ),
      undefined,
      'controller',
      'HAProxy',
    ],
    [
      'Envoy has no endpoints',
      http(503, 'no healthy upstream', { server: 'envoy' }),
      undefined,
      'controller',
      'Envoy',
    ],
    ['Envoy has no route', http(404, '', { server: 'istio-envoy' }), undefined, 'controller', 'Envoy'],
    [
      'behind Envoy',
      http(404, '', { server: 'istio-envoy', 'x-envoy-upstream-service-time': '3' }),
      undefined,
      'application',
      undefined,
    ],
    ['Kong', http(404, '{"message":"no Route matched with those values"}'), undefined, 'controller', 'Kong'],
    ['ALB', http(503, '<html>', { server: 'awselb/2.0' }), undefined, 'controller', 'AWS ALB'],
    [
      'the same as without a controller',
      http(403, 'no entry'),
      http(403, 'no entry'),
      'application',
      undefined,
    ],
    ['an error that nobody is known for', http(500, 'oh'), undefined, undefined, undefined],
  ])('%s', (_what, answer, direct, by, controller) => {
    expect(whoAnswered(answer, direct)).toEqual({ by, ...(controller ? { controller } : {}) });
  });
});

describe('what was met from inside', () => {
  test('each place has its result, in order', () => {
    const text = [
      'portolan 0',
      '  HTTP/1.1 200 OK\r',
      '  ',
      '  portolan 1',
      '  ended 0',
      'portolan 1',
      "  nc: can't connect to remote host (10.96.0.9): Connection refused",
      '  ended 1',
      'portolan 2',
      "  nc: bad address 'gone.shop.svc'",
      '  ended 1',
      'portolan 3',
      '  ended 0',
      'portolan 4',
      '  nc: timed out',
      '  ended 1',
      'portolan end',
      '',
    ].join('\n');
    expect(readInside(text, 6)).toEqual({
      answers: [
        { kind: 'http', status: 200 },
        { kind: 'refused' },
        'no-name',
        { kind: 'tcp' },
        { kind: 'timeout' },
        undefined,
      ],
      isWhole: true,
    });
  });

  test('what was cut, or made up, gives no more than it says', () => {
    expect(readInside('portolan 0\n', 1)).toEqual({ answers: [undefined], isWhole: false });
    expect(readInside('', 2)).toEqual({ answers: [undefined, undefined], isWhole: false });
  });
});
