// What asking a large cluster costs: a server of its own process streams SERVICES Services, each with a Deployment, its
// ReplicaSets, PODS / SERVICES Pods and a slice, as an API server does, and portolan and kubectl ask it one after the
// other. Prints processor time, peak memory and requests.
//   node bench/cluster.mjs [SERVICES [PODS]]          PORTOLAN_TEST_KUBECTL names a kubectl
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [services = 5000, pods = 50_000] = process.argv.slice(2).map(Number);

const KINDS = [
  ['', 'v1', 'Service', 'services', services, service],
  ['', 'v1', 'Pod', 'pods', pods, pod],
  ['', 'v1', 'ConfigMap', 'configmaps', services, configMap],
  ['', 'v1', 'Event', 'events', 0, () => ({})],
  ['apps', 'v1', 'Deployment', 'deployments', services, deployment],
  ['apps', 'v1', 'ReplicaSet', 'replicasets', 3 * services, replicaSet],
  ['discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices', services, slice],
  ['networking.k8s.io', 'v1', 'Ingress', 'ingresses', services, ingress],
];

const meta = (name, at, more = {}) => ({
  name,
  namespace: `team-${at % 50}`,
  uid: `uid-${name}`,
  resourceVersion: String(1000 + at),
  generation: 1,
  creationTimestamp: '2026-01-01T00:00:00Z',
  labels: { app: `app-${at}` },
  managedFields: [
    {
      manager: 'kubectl-client-side-apply',
      operation: 'Update',
      apiVersion: 'v1',
      time: '2026-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`f:field${i}`, { '.': {}, 'f:one': {}, 'f:two': {} }]),
      ),
    },
  ],
  ...more,
});
const owned = (kind, name) => ({
  ownerReferences: [
    { apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true, blockOwnerDeletion: true },
  ],
});
const template = (at) => ({
  metadata: { labels: { app: `app-${at}` } },
  spec: {
    containers: [
      {
        name: 'app',
        image: 'nginx:1.27',
        ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }],
        env: [
          { name: 'PORT', value: '80' },
          { name: 'MODE', valueFrom: { configMapKeyRef: { name: `config-${at}`, key: 'mode' } } },
        ],
        resources: { requests: { cpu: '100m', memory: '64Mi' } },
        readinessProbe: {
          httpGet: { path: '/', port: 'http', scheme: 'HTTP' },
          periodSeconds: 10,
          timeoutSeconds: 1,
        },
        terminationMessagePath: '/dev/termination-log',
        imagePullPolicy: 'IfNotPresent',
      },
    ],
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
  },
});
function service(at) {
  return {
    metadata: meta(`app-${at}`, at),
    spec: {
      type: 'ClusterIP',
      clusterIP: `10.1.${at >> 8}.${at & 255}`,
      selector: { app: `app-${at}` },
      ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: at % 100 === 0 ? 'htpt' : 'http' }],
    },
    status: { loadBalancer: {} },
  };
}
function deployment(at) {
  return {
    metadata: meta(`app-${at}`, at),
    spec: {
      replicas: pods / services,
      selector: { matchLabels: { app: `app-${at}` } },
      template: template(at),
    },
    status: { replicas: pods / services, readyReplicas: pods / services },
  };
}
function replicaSet(number) {
  const at = number % services;
  const name = `app-${at}-${Math.floor(number / services)}`;
  return {
    metadata: meta(name, at, owned('Deployment', `app-${at}`)),
    spec: { replicas: 0, selector: { matchLabels: { app: `app-${at}` } }, template: template(at) },
  };
}
function pod(number) {
  const at = number % services;
  const { metadata, spec } = template(at);
  const volumes = [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }];
  const containers = spec.containers.map((one) => ({
    ...one,
    volumeMounts: [
      { name: 'token', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    ],
  }));
  return {
    metadata: {
      ...meta(`app-${at}-2-${number}`, at, owned('ReplicaSet', `app-${at}-2`)),
      labels: metadata.labels,
    },
    spec: { ...spec, containers, volumes, nodeName: `node-${number % 200}`, serviceAccountName: 'default' },
    status: {
      phase: 'Running',
      podIP: `10.2.${(number >> 8) & 255}.${number & 255}`,
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
        type,
        status: 'True',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      })),
      containerStatuses: [
        {
          name: 'app',
          ready: true,
          restartCount: number % 3,
          image: 'nginx:1.27',
          imageID: `docker.io/library/nginx@sha256:${'0'.repeat(64)}`,
          containerID: `containerd://${'1'.repeat(64)}`,
          state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
        },
      ],
    },
  };
}
function slice(at) {
  return {
    addressType: 'IPv4',
    metadata: meta(`app-${at}-x`, at, {
      labels: {
        'kubernetes.io/service-name': `app-${at}`,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
    }),
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    endpoints: Array.from({ length: pods / services }, (_, i) => ({
      addresses: [`10.2.${i}.1`],
      conditions: { ready: true, serving: true, terminating: false },
      targetRef: { kind: 'Pod', name: `app-${at}-2-${i}` },
    })),
  };
}
function configMap(at) {
  return { metadata: meta(`config-${at}`, at), data: { mode: 'fast', 'app.conf': 'a = b\n'.repeat(20) } };
}
function ingress(at) {
  const backend = { service: { name: `app-${at}`, port: { number: 80 } } };
  const paths = [{ path: '/', pathType: 'Prefix', backend }];
  return { metadata: meta(`app-${at}`, at), spec: { rules: [{ host: `app-${at}.test`, http: { paths } }] } };
}

function discovery(path) {
  const groups = [...new Set(KINDS.map(([group]) => group))].filter(
    (group) => (group === '') === (path === '/api'),
  );
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map((name) => ({
      metadata: { name },
      versions: [
        {
          version: 'v1',
          freshness: 'Current',
          resources: KINDS.filter(([group]) => group === name).map(([group, version, kind, resource]) => ({
            resource,
            responseKind: { group, version, kind },
            scope: 'Namespaced',
            singularResource: kind.toLowerCase(),
            verbs: ['get', 'list'],
          })),
        },
      ],
    })),
  };
}

async function serve() {
  let requests = 0;
  let bytes = 0;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://it');
    const isDiscovery = pathname === '/api' || pathname === '/apis';
    const found = KINDS.find(
      ([group, version, , plural]) =>
        pathname === `${group ? `/apis/${group}` : '/api'}/${version}/${plural}`,
    );
    if (pathname === '/count') {
      response.end(JSON.stringify({ requests, bytes }));
      requests = 0;
      bytes = 0;
      return;
    }
    requests += 1;
    if (!isDiscovery && !found) return void response.writeHead(404).end('{}');
    let value;
    if (isDiscovery) value = discovery(pathname);
    else {
      const [group, version, kind, , count, make] = found;
      const from = Number(searchParams.get('continue') ?? 0);
      const to = Math.min(count, from + Number(searchParams.get('limit') ?? count));
      value = {
        kind: `${kind}List`,
        apiVersion: group ? `${group}/${version}` : version,
        metadata: { resourceVersion: '1', ...(to < count ? { continue: String(to) } : {}) },
        items: Array.from({ length: to - from }, (_, i) => make(from + i)),
      };
    }
    const text = JSON.stringify(value);
    bytes += text.length;
    const type = isDiscovery
      ? 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
      : 'application/json';
    response
      .writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' })
      .end(gzipSync(text, { level: 1 }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send(server.address().port);
}

async function measure() {
  const server = fork(new URL(import.meta.url), process.argv.slice(2), {
    env: { ...process.env, BENCH_SERVER: '1' },
  });
  const [port] = await once(server, 'message');
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: 'u', user: {} }],
    }),
  );
  const kinds = KINDS.map(([, , , plural]) => plural).join(',');
  const env = { ...process.env, KUBECONFIG: kubeconfig, HOME: folder };
  const runs = [
    [
      'portolan check --cluster -A',
      process.execPath,
      ['bin/portolan.cjs', 'check', '--cluster', '-A', '--no-config', '--fail-on', 'never', '-q'],
    ],
    [
      'kubectl get -A -o json',
      process.env.PORTOLAN_TEST_KUBECTL ?? 'kubectl',
      ['get', kinds, '-A', '-o', 'json'],
    ],
  ];
  try {
    for (const [name, command, args] of runs) {
      const { stderr, status, error } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', command, ...args], {
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const { requests, bytes } = await (await fetch(`http://127.0.0.1:${port}/count`)).json();
      const [user, system, memory] = (stderr ?? '').trim().split('\n').at(-1).split(' ').map(Number);
      console.log(
        status === 0
          ? `${name}: ${(user + system).toFixed(1)} s processor time, ${Math.round(memory / 1024)} MB, ${requests} requests, ${Math.round(bytes / 1e6)} MB of JSON`
          : `${name} failed: ${error ?? stderr}`,
      );
    }
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

await (process.env.BENCH_SERVER ? serve() : measure());
