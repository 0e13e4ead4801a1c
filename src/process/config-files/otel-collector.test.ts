import { expect, test } from 'vitest';
import { readOtelFiles } from './otel-collector.ts';
import { type ReadingInShort, readFiles, surroundings } from './testing-files.ts';

interface Run {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly tag?: string;
}

const collector = (text: string, run: Run = {}): ReadingInShort =>
  readFiles(readOtelFiles, { 'config.yaml': text }, { around: surroundings(run) });

/** A collector whose own metrics are off, with all of the receivers it defines in use. */
const receiving = (receivers: string, ids = 'otlp'): string =>
  `receivers: { ${receivers} }
exporters: { debug: {} }
service:
  telemetry: { metrics: { level: none } }
  pipelines: { traces: { receivers: [${ids}], exporters: [debug] } }`;

test('A17 an OTLP receiver without an endpoint is on localhost, as of 0.104', () => {
  const text = receiving('otlp: { protocols: { grpc: {}, http: } }');
  expect(collector(text)).toEqual({
    open: ['4317/TCP loopback: grpc', '4318/TCP loopback: http'],
    doubts: [],
  });
  expect(collector(text, { tag: '0.104.0' }).open).toEqual(collector(text).open);
  expect(collector(text, { tag: '0.103.1' }).open).toEqual(['4317/TCP: grpc', '4318/TCP: http']);
  const old =
    'extensions: { pprof: }\nservice: { extensions: [pprof], telemetry: { metrics: { level: none } } }';
  expect(collector(old, { tag: '0.103.1' }).open).toEqual(['1777/TCP loopback: pprof']);
});

test.each<[string, string, string[]]>([
  [
    'otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } }',
    'otlp',
    ['4317/TCP: endpoint: "0.0.0.0:4317"'],
  ],
  [
    'otlp/2: { protocols: { http: { endpoint: "localhost:9000" } } }',
    'otlp/2',
    ['9000/TCP loopback: endpoint: "localhost:9000"'],
  ],
  [
    'otlp: { protocols: { grpc: { endpoint: "[::]:4317" } } }',
    'otlp',
    ['4317/TCP ipv6: endpoint: "[::]:4317"'],
  ],
  [
    'otlp: { protocols: { grpc: { endpoint: ":4317" } } }, zipkin: {}',
    'otlp',
    ['4317/TCP: endpoint: ":4317"'],
  ],
  ['otlp: { protocols: { grpc: { endpoint: /run/otlp.sock, transport: unix } } }', 'otlp', []],
  [
    'jaeger: { protocols: { thrift_compact: { endpoint: "0.0.0.0:6831" } } }',
    'jaeger',
    ['6831/UDP: endpoint: "0.0.0.0:6831"'],
  ],
  ['zipkin: , prometheus: { config: {} }', 'zipkin, prometheus', ['9411/TCP loopback: zipkin']],
  [
    'syslog: { tcp: { listen_address: "0.0.0.0:54526" } }',
    'syslog',
    ['54526/TCP: listen_address: "0.0.0.0:54526"'],
  ],
  ['redis: { endpoint: "redis:6379" }', 'redis', []],
])('%s', (receivers, ids, open) => {
  expect(collector(receiving(receivers, ids))).toEqual({ open, doubts: [] });
});

test('variables are filled in where they are known; the address of the Pod is no loopback', () => {
  const text = receiving(
    'otlp: { protocols: { grpc: { endpoint: "${env:IP}:4317" }, http: { endpoint: "0.0.0.0:${PORT}" } } }',
  );
  expect(collector(text, { variables: { IP: 'status.podIP', PORT: '4319' } })).toEqual({
    open: ['4317/TCP hostname: endpoint: "${env:IP}:4317"', '4319/TCP: endpoint: "0.0.0.0:${PORT}"'],
    doubts: [],
  });
  expect(collector(text, { variables: { IP: undefined, PORT: '4319' } }).doubts).toEqual([
    '`endpoint: "${env:IP}:4317"` in config.yaml of ConfigMap shop/web takes a value that the input does not hold',
  ]);
  const preset = receiving('otlp: { protocols: { grpc: { endpoint: "${env:IP:-0.0.0.0}:4317" } } }');
  expect(collector(preset).open).toEqual(['4317/TCP: endpoint: "${env:IP:-0.0.0.0}:4317"']);
});

const SERVICE = `extensions:
  health_check:
    endpoint: 0.0.0.0:13133
  pprof:
  zpages:
exporters:
  prometheus: { endpoint: "0.0.0.0:8889" }
connectors: { spanmetrics: {} }
`;

test('extensions, exporters and metrics of its own listen when they are in use', () => {
  const text = `${SERVICE}service:
  extensions: [health_check, pprof]
  telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host: 0.0.0.0, port: 8887 } } } }] } }
  pipelines: { metrics: { receivers: [spanmetrics], exporters: [prometheus] } }`;
  expect(collector(text)).toEqual({
    open: [
      '13133/TCP: endpoint: 0.0.0.0:13133',
      '1777/TCP loopback: pprof',
      '8889/TCP: endpoint: "0.0.0.0:8889"',
      '8887/TCP: port: 8887',
    ],
    doubts: [],
  });
});

test.each<[string, string | undefined, string[]]>([
  ['pipelines: {}', undefined, ['8888/TCP loopback: service: { pipelines: {} }']],
  ['pipelines: {}', '0.110.0', ['8888/TCP: service: { pipelines: {} }']],
  ['telemetry: { metrics: { address: "0.0.0.0:8890" } }', undefined, ['8890/TCP: address: "0.0.0.0:8890"']],
])('its own metrics: %s, %s', (service, tag, open) => {
  expect(collector(`service: { ${service} }`, tag === undefined ? {} : { tag })).toEqual({
    open,
    doubts: [],
  });
});

test.each([
  [
    receiving('mystery: {}', 'mystery'),
    '`mystery` of receivers in config.yaml of ConfigMap shop/web is not known, and can listen',
  ],
  [
    receiving('', 'otlp'),
    '`otlp` of receivers in config.yaml of ConfigMap shop/web is not known, and can listen',
  ],
  [
    receiving('fluentforward: {}', 'fluentforward'),
    '`fluentforward` in config.yaml of ConfigMap shop/web names no endpoint',
  ],
  [
    `x: \${file:/etc/more.yaml}\n${receiving('', '')}`,
    'config.yaml of ConfigMap shop/web takes parts of itself from elsewhere',
  ],
])('%s leaves a doubt', (text, doubt) => {
  expect(collector(text)).toEqual({ open: [], doubts: [doubt] });
});

// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver
const ASKING_RECEIVERS = `
  prometheus prometheus_simple filelog hostmetrics kubeletstats k8s_cluster k8s_events k8sobjects journald kafka
  kafkametrics docker_stats podman_stats redis mysql postgresql mongodb elasticsearch nginx apache haproxy rabbitmq
  memcached httpcheck tcpcheck sqlquery nop
`;

test.each(ASKING_RECEIVERS.trim().split(/\s+/))(
  'the receiver %s asks or watches, and opens no port',
  (name) => {
    expect(collector(receiving(`${name}: {}`, name))).toEqual({ open: [], doubts: [] });
  },
);
