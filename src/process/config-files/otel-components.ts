import { type Table, table } from '../../text/table.ts';

/** One endpoint of a component, where it has its own default. */
export interface Endpoint {
  /** Keys from the component's configuration to the map that holds `field`. */
  readonly path: readonly string[];
  readonly field: string;
  /** Undefined where the endpoint must be written out. */
  readonly port: number | undefined;
  readonly protocol: 'TCP' | 'UDP';
  /** True where the endpoint is opened only when its map is there. */
  readonly onlyIfNamed: boolean;
  /** True where the default was on localhost at all times. */
  readonly local?: true;
}

const one = (port?: number, protocol: 'TCP' | 'UDP' = 'TCP', field = 'endpoint'): readonly Endpoint[] => [
  { path: [], field, port, protocol, onlyIfNamed: false },
];

const local = (port: number, protocol: 'TCP' | 'UDP' = 'TCP'): readonly Endpoint[] =>
  one(port, protocol).map((endpoint) => ({ ...endpoint, local: true }));

const protocols = (
  ports: Readonly<Record<string, readonly [port: number, protocol: 'TCP' | 'UDP']>>,
): readonly Endpoint[] =>
  Object.entries(ports).map(([name, [port, protocol]]) => ({
    path: ['protocols', name],
    field: 'endpoint',
    port,
    protocol,
    onlyIfNamed: true,
  }));

const transports = (names: readonly string[]): readonly Endpoint[] =>
  names.map((name) => ({
    path: [name],
    field: 'listen_address',
    port: undefined,
    protocol: name === 'udp' ? 'UDP' : 'TCP',
    onlyIfNamed: true,
  }));

/** Receivers that listen (README of each, opentelemetry-collector and -contrib). */
export const RECEIVERS: Table<readonly Endpoint[]> = table<readonly Endpoint[]>({
  otlp: protocols({ grpc: [4317, 'TCP'], http: [4318, 'TCP'] }),
  jaeger: protocols({
    grpc: [14250, 'TCP'],
    thrift_http: [14268, 'TCP'],
    thrift_compact: [6831, 'UDP'],
    thrift_binary: [6832, 'UDP'],
  }),
  loki: protocols({ grpc: [3600, 'TCP'], http: [3500, 'TCP'] }),
  skywalking: protocols({ grpc: [11800, 'TCP'], http: [12800, 'TCP'] }),
  zipkin: one(9411),
  opencensus: one(55678),
  influxdb: one(8086),
  sapm: one(7276),
  signalfx: one(9943),
  splunk_hec: one(8088),
  statsd: local(8125, 'UDP'),
  datadog: one(8126),
  collectd: one(8081),
  carbon: one(2003),
  wavefront: one(2003),
  fluentforward: one(),
  webhookevent: one(),
  prometheusremotewrite: one(9090),
  syslog: transports(['tcp', 'udp']),
  tcplog: one(undefined, 'TCP', 'listen_address'),
  udplog: one(undefined, 'UDP', 'listen_address'),
});

/** Receivers that ask, read or watch, and open no port. */
export const SILENT_RECEIVERS: ReadonlySet<string> = new Set([
  'prometheus',
  'prometheus_simple',
  'filelog',
  'hostmetrics',
  'kubeletstats',
  'k8s_cluster',
  'k8s_events',
  'k8sobjects',
  'journald',
  'kafka',
  'kafkametrics',
  'docker_stats',
  'podman_stats',
  'redis',
  'mysql',
  'postgresql',
  'mongodb',
  'elasticsearch',
  'nginx',
  'apache',
  'haproxy',
  'rabbitmq',
  'memcached',
  'httpcheck',
  'tcpcheck',
  'sqlquery',
  'nop',
]);

/** Extensions that listen; undefined ports must be written out. */
export const EXTENSIONS: Table<readonly Endpoint[]> = table<readonly Endpoint[]>({
  health_check: one(13133),
  zpages: local(55679),
  pprof: local(1777),
});

/** Extensions that authenticate, store or look around. */
export const SILENT_EXTENSIONS: ReadonlySet<string> = new Set([
  'memory_ballast',
  'file_storage',
  'db_storage',
  'redis_storage',
  'basicauth',
  'bearertokenauth',
  'oauth2client',
  'oidc',
  'sigv4auth',
  'googleclientauth',
  'azure_auth',
  'headers_setter',
  'k8s_observer',
  'host_observer',
  'docker_observer',
  'k8s_leader_elector',
  'opamp',
]);

/** The only exporter that is asked instead of sending. */
export const EXPORTERS: Table<readonly Endpoint[]> = table<readonly Endpoint[]>({ prometheus: one() });

/** Since this version a component that is told no endpoint is on localhost (UseLocalHostAsDefaultHost). */
export const LOCALHOST_SINCE = '0.104';
/** Since this version the collector's own metrics are (UseLocalHostAsDefaultMetricsAddress). */
export const OWN_METRICS_LOCALHOST_SINCE = '0.111';
export const OWN_METRICS_PORT = 8888;
