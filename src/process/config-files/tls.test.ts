import { expect, test } from 'vitest';
import type { ConfigReader, ConfigReading } from './config-file.ts';
import { readHaproxyFiles } from './haproxy.ts';
import { readNginxFiles } from './nginx.ts';
import { readOtelFiles } from './otel-collector.ts';
import { readSpringFiles } from './spring.ts';
import { configMapOf, filesOf, surroundings } from './testing-files.ts';
import { readTraefikFiles } from './traefik.ts';

/** What each listener speaks, as one mounted file says; `undefined` where the file does not decide it. */
function spoken(
  reader: ConfigReader,
  name: string,
  text: string,
  main = true,
): ConfigReading['listeners'][number]['speaks'][] {
  const files = filesOf(configMapOf({ [name]: text }), '/etc/app');
  return reader(files, main ? files[0] : undefined, surroundings()).listeners.map(({ speaks }) => speaks);
}

test.each([
  ['a TLS configuration of the entry point', '{ address: ":443", http: { tls: {} } }', 'HTTPS'],
  ['one with a resolver', '{ address: ":443", http: { tls: { certResolver: le } } }', 'HTTPS'],
  ['keys in any case', '{ address: ":443", HTTP: { TLS: {} } }', 'HTTPS'],
  ['none, so that each router decides', '{ address: ":443" }', 'unknown'],
  ['middlewares alone', '{ address: ":443", http: { middlewares: [a] } }', 'unknown'],
  ['tls beside http, which is no setting', '{ address: ":443", tls: {} }', 'unknown'],
])('Traefik: %s', (_, entryPoint, speaks) => {
  expect(spoken(readTraefikFiles, 'traefik.yaml', `entryPoints: { web: ${entryPoint} }`)).toEqual([speaks]);
});

test.each([
  ['server.ssl.key-store=a.p12', ['HTTPS']],
  ['server.ssl.bundle=web', ['HTTPS']],
  ['server.ssl.certificate=a.pem\nserver.ssl.enabled=true', ['HTTPS']],
  ['server.ssl.key-store=a.p12\nserver.ssl.enabled=false', ['HTTP']],
  ['server.ssl.key-store=a.p12\nserver.ssl.enabled=${TLS:false}', ['HTTP']],
  ['', [undefined]],
  ['management.server.port=9000\nmanagement.server.ssl.enabled=true', [undefined, 'HTTPS']],
  ['management.server.port=9000\nserver.ssl.key-store=a.p12', ['HTTPS', undefined]],
])('Spring: %j', (more, speaks) => {
  const text = `server.port=8443\n${more}`;
  expect(spoken(readSpringFiles, 'application.properties', text, false)).toEqual(speaks);
});

test.each([
  ['bind :443 ssl crt /etc/tls/a.pem', 'HTTPS'],
  ['bind :443 crt /etc/tls/a.pem', 'HTTP'],
  ['bind :80', 'HTTP'],
])('HAProxy: %s', (bind, speaks) => {
  expect(spoken(readHaproxyFiles, 'haproxy.cfg', `frontend web\n  mode http\n  ${bind}\n`)).toEqual([speaks]);
});

test.each([
  ['listen 443 ssl;', 'HTTPS'],
  ['listen 443; ssl on;', 'HTTPS'],
  ['listen 443; ssl off;', 'HTTP'],
  ['listen 443; ssl_certificate a.pem; ssl_certificate_key a.key;', 'HTTP'],
  ['listen 80;', 'HTTP'],
])('nginx: %s', (server, speaks) => {
  expect(spoken(readNginxFiles, 'nginx.conf', `events {}\nhttp { server { ${server} } }`)).toEqual([speaks]);
});

test.each([
  ['http: { endpoint: "0.0.0.0:4318", tls: { cert_file: a.pem, key_file: a.key } }', 'HTTPS'],
  ['http: { endpoint: "0.0.0.0:4318", tls: {} }', 'HTTPS'],
  ['http: { endpoint: "0.0.0.0:4318" }', 'HTTP'],
  ['http: { endpoint: "0.0.0.0:4318", tls: }', 'HTTP'],
  ['grpc: { endpoint: "0.0.0.0:4317" }', undefined],
])('OpenTelemetry Collector: %s', (protocol, speaks) => {
  const text = `receivers: { otlp: { protocols: { ${protocol} } } }
exporters: { debug: {} }
service:
  telemetry: { metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], exporters: [debug] } }`;
  expect(spoken(readOtelFiles, 'config.yaml', text)).toEqual([speaks]);
});
