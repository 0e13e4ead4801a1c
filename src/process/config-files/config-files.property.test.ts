import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConfigFormat } from '../../knowledge/image-fact.ts';
import { Located, type SourceFile } from '../../text/source.ts';
import { wordDoubt } from '../listeners/doubts/doubt.ts';
import { wordFile } from '../listeners/grounds/file-words.ts';
import type { ConfigFile } from './config-file.ts';
import { configReaderOf } from './index.ts';
import { configMapOf, filesOf, surroundings } from './testing-files.ts';

/** An example of each format, with what it includes. */
const EXAMPLES: Readonly<Record<ConfigFormat, Readonly<Record<string, string>>>> = {
  nginx: {
    'nginx.conf':
      'events {}\nhttp { include mime.types; include conf.d/*.conf;\n server { listen 80-82; listen [::]:80 ssl; location ~ "^/{2}" { content_by_lua_block { x = "}" } } } }\nstream { server { listen 53 udp; } }',
    'more.conf': 'server { listen unix:/x; listen "81"; include more.conf; }',
  },
  redis: {
    'redis.conf':
      'bind 127.0.0.1 -::1\nport 6380\ncluster-enabled yes\ninclude /etc/app/*.conf\nuser "a \\" b"',
  },
  mongod: {
    'mongod.conf': 'net:\n  port: 27018\n  bindIp: "::,0.0.0.0"\nsharding: { clusterRole: shardsvr }',
  },
  mosquitto: {
    'mosquitto.conf':
      'port 1884\nbind_address localhost\nlistener 1883 ::\nsocket_domain ipv6\ninclude_dir /etc/app\nconnection x',
  },
  haproxy: {
    'haproxy.cfg':
      'global\n stats socket ipv4@:99\nfrontend a\n bind ":${P-80}",:::81-83 ssl # x\n disabled\npeers p\n peer a b:1',
  },
  caddyfile: {
    Caddyfile:
      '{\n  http_port 8080\n  admin :2020 {\n }\n}\n(s) {\n  bind ::1\n}\na.example, :{$P:81} {\n  import s\n  respond "}" `{` <<E\n x\n E\n}\nimport *.x',
    'b.x': ':90 {\n import b.x\n}',
  },
  postgresql: {
    'postgresql.conf': "listen_addresses = '*, ::1'\nport 5433\ninclude_dir '.'\nx = 'it''s \\' '",
  },
  spring: {
    'application.yaml': 'server:\n  port: ${P:81}\n---\nspring.config.activate.on-profile: x\nserver.port: 0',
    'application.properties':
      'server.address = ::\\u0031\nmanagement.server.port : 90\\\n  90\n#---\nspring.profiles=x',
  },
  grafana: {
    'grafana.ini': '[server]\nhttp_port = $__env{P} ; x\nhttp_addr: "::1"\n[unified_alerting]\nha_peers = a',
  },
  'otel-collector': {
    'config.yaml':
      'receivers: { otlp: { protocols: { grpc: , http: { endpoint: "${env:IP:-::}:1" } } } }\nservice: { extensions: [zpages, x], pipelines: { a/b: { receivers: [otlp, syslog], exporters: [prometheus] } } }',
  },
  corefile: {
    Corefile:
      '(s) {\n  ready\n}\n.:53, tls://{$Z:a}:853 {\n  bind ::1\n  import s\n  prometheus :9153\n}\nimport *.x',
    'b.x': 'https://. {\n  health {\n    lameduck 5s\n  }\n}',
  },
  rabbitmq: {
    'rabbitmq.conf':
      'listeners.tcp.1 = 127.0.0.1:5673\nlisteners.ssl.default = 5671 # x\nmanagement.ssl.port = 15671\nprometheus.tcp.port=1',
  },
  loki: {
    'config.yaml':
      'server:\n  http_listen_port: ${P:3101}\n  grpc_listen_address: "::1"\n  http_tls_config: { cert_file: x }',
  },
  httpd: {
    'httpd.conf':
      'Define P 8080\nListen ${P}\nListen 127.0.0.1:8443 https\n<VirtualHost *:8443>\nSSLEngine on\n</VirtualHost>\nInclude "/etc/app/*.conf"\n<IfModule x>\nListen 9\n</IfModule>',
  },
  traefik: {
    'traefik.toml': '[entryPoints.web]\naddress = ":80/udp"\n[ping]\n[api]\ninsecure = true',
    'traefik.yaml': 'entryPoints: { a: { address: "[::]:80", http3: {} } }',
  },
};

const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 0x7fffffff));
console.info(`configuration files: FUZZ_SEED=${SEED}`);

const FORMATS = Object.keys(EXAMPLES) as readonly ConfigFormat[];

function fileOf(path: string, text: string, secret = false): ConfigFile {
  const source: SourceFile = { path: 'a.yaml', kind: 'file', text, editable: true };
  return { path, text: new Located(text, source, 0, text.length), from: 'a of ConfigMap b/c', secret };
}

/** Pieces of the examples, put together anew, and bytes of any kind between them. */
const spliced = (texts: readonly string[]): fc.Arbitrary<string> => {
  const piece = fc
    .tuple(fc.constantFrom(...texts), fc.nat(200), fc.nat(60))
    .map(([text, from, length]) => text.slice(from, from + length));
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 9 })), {
      maxLength: 8,
    })
    .map((all) => all.join(''));
};

const anyVariables = fc.dictionary(
  fc.constantFrom('P', 'IP', 'PGPORT'),
  fc.oneof(fc.string(), fc.constant('8080')),
  { maxKeys: 3 },
);

describe.each(FORMATS)('%s', (format) => {
  const reader = configReaderOf(format);
  const names = Object.keys(EXAMPLES[format]);

  test('answers whatever the bytes are', () => {
    const text = spliced([...Object.values(EXAMPLES[format]), '{'.repeat(300), '${:[{"\'`\\\n#---\n']);
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        text,
        text,
        fc.boolean(),
        anyVariables,
        (name, one, other, isMain, variables) => {
          const files = [fileOf(`/etc/app/${name}`, one), fileOf('/etc/app/more.conf', other)];
          const { listeners, doubts } = reader(
            files,
            isMain ? files[0] : undefined,
            surroundings({ variables }),
          );
          for (const { port, at, said } of listeners) {
            expect(port).toBeGreaterThan(0);
            expect(port).toBeLessThan(65536);
            expect(at.start).toBeGreaterThanOrEqual(0);
            expect(at.end).toBeLessThanOrEqual(at.source.text.length);
            expect(wordFile(said)).not.toContain('\n');
          }
          for (const doubt of doubts) expect(wordDoubt(doubt)).not.toMatch(/\.$|\n/);
        },
      ),
      { numRuns: Number(process.env.FUZZ_READERS ?? 150), seed: SEED },
    );
  });

  test('answers however deep it is nested', () => {
    for (const deep of ['a {\n', '{', '[', '{a: ', '- ', '${']) {
      const file = fileOf(`/etc/app/${names[0]}`, deep.repeat(50_000));
      expect(() => reader([file], file)).not.toThrow();
    }
  });

  test('shows nothing of a Secret but ports', () => {
    const words = [
      'hunter2',
      'include /hunter2/*.x;\n',
      ' hunter2:80 ',
      'hunter2 {\n',
      '=hunter2\n',
      'a: hunter2\n',
    ];
    const text = spliced([...Object.values(EXAMPLES[format]), ...words, ...words]);
    fc.assert(
      fc.property(fc.constantFrom(...names), text, fc.boolean(), (name, body, isMain) => {
        const file = fileOf(`/etc/app/${name}`, body, true);
        const { listeners, doubts } = reader([file], isMain ? file : undefined, surroundings());
        expect([...listeners.map(({ said }) => wordFile(said)), JSON.stringify(doubts)].join()).not.toContain(
          'hunter2',
        );
      }),
      { numRuns: 150 },
    );
  });

  test('each listener of the example points at one directive of the manifest', () => {
    for (const name of names) {
      const files = filesOf(configMapOf(EXAMPLES[format]), '/etc/app');
      const main = files.find(({ path }) => path.endsWith(`/${name}`))!;
      const { listeners } = reader(files, main, surroundings());
      expect(listeners.length).toBeGreaterThan(0);
      for (const { at, file } of listeners) {
        const whole = file.text.end - file.text.start;
        expect(at.start).toBeGreaterThanOrEqual(file.text.start);
        expect(at.end - at.start).toBeLessThan(whole);
      }
    }
  });
});
