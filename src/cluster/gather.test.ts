import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringCluster, type ClusterSettings } from './bring.ts';
import type { Gathered } from './gather.ts';
import { startApi, type TestingObject, type TestingResource } from './testing-api.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const resource = (
  group: string,
  kind: string,
  plural: string,
  objects: readonly TestingObject[] = [],
): TestingResource => ({
  group,
  version: 'v1',
  kind,
  plural,
  objects,
});

/** What is brought of a cluster that has this, and what it was asked for. */
async function brought(
  resources: readonly TestingResource[],
  settings: ClusterSettings = {},
  server: Parameters<typeof startApi>[1] = {},
): Promise<Gathered & { readonly asked: readonly string[] }> {
  const api = await startApi(resources, server);
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, api.kubeconfig());
  try {
    const gathered = await bringCluster(
      { kubeconfig, namespace: 'shop', ...settings },
      { writtenAt: () => undefined, kinds: undefined },
    );
    return { ...gathered, asked: api.asked };
  } finally {
    await api.stop();
  }
}

const service: TestingObject = {
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u-web',
    managedFields: [{ manager: 'kubectl' }],
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"a":"rum"}', own: 'yes' },
  },
  spec: { type: 'LoadBalancer', ports: [{ port: 80, targetPort: 'http' }] },
  status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
};

const container = { name: 'app', image: 'app:1', ports: [{ containerPort: 8080 }] };
const deployment = (name: string, containers: object[] = [container]): TestingObject => ({
  metadata: { name, namespace: 'shop', uid: `u-${name}` },
  spec: { template: { metadata: { labels: { app: name } }, spec: { containers } } },
});
const ownedBy = (kind: string, name: string): object => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `u-${name}`, controller: true }],
});
const replicaSet = (name: string, of: string): TestingObject => ({
  ...deployment(name),
  metadata: { name, namespace: 'shop', uid: `u-${name}`, ...ownedBy('Deployment', of) },
});
const pod = (name: string, of: string, more: object = {}): TestingObject => ({
  metadata: { name, namespace: 'shop', uid: `u-${name}`, ...ownedBy('ReplicaSet', of) },
  spec: { nodeName: 'n', containers: [{ ...container, volumeMounts: [{ name: 'token' }] }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      },
    ],
  },
  ...more,
});

test('an object is what kubectl prints, without what nobody declared', async () => {
  const { sources, errors, asked } = await brought([resource('', 'Service', 'services', [service])]);
  expect(errors).toEqual([]);
  expect(sources).toMatchObject([
    {
      path: 'cluster:shop/service/web',
      kind: 'cluster',
      editable: false,
      bundle: { kind: 'cluster', path: 'shop' },
    },
  ]);
  expect(sources[0]!.text).toBe(`apiVersion: v1
kind: Service
metadata:
  annotations:
    own: "yes"
  name: web
  namespace: shop
  uid: u-web
spec:
  ports:
  - port: 80
    targetPort: http
  type: LoadBalancer
`);
  expect(asked.toSorted()).toEqual(['/api', '/api/v1/namespaces/shop/services?limit=500', '/apis']);
});

test.each([
  ['aggregated', { aggregated: true }],
  ['older', { aggregated: false }],
  ['in chunks', { chunk: 1 }],
])('a server with discovery that is %s', async (_, server) => {
  const { sources } = await brought(
    [
      resource('', 'Service', 'services', [
        service,
        { ...service, metadata: { name: 'api', namespace: 'shop' } },
      ]),
      resource('networking.k8s.io', 'Ingress', 'ingresses', [
        { metadata: { name: 'in', namespace: 'shop' } },
      ]),
      resource('example.com', 'Widget', 'widgets', [{ metadata: { name: 'w', namespace: 'shop' } }]),
    ],
    {},
    server,
  );
  expect(sources.map(({ path }) => path)).toEqual([
    'cluster:shop/ingress/in',
    'cluster:shop/service/api',
    'cluster:shop/service/web',
  ]);
});

test('all namespaces, one, and the one of the context', async () => {
  const services = resource('', 'Service', 'services', [
    service,
    { ...service, metadata: { name: 'x', namespace: 'harbour' } },
  ]);
  const paths = async (settings: ClusterSettings): Promise<string[]> =>
    (await brought([services], settings)).sources.map(({ path }) => path);
  expect(await paths({})).toEqual(['cluster:shop/service/web']);
  expect(await paths({ allNamespaces: true })).toEqual([
    'cluster:harbour/service/x',
    'cluster:shop/service/web',
  ]);
  expect(await paths({ namespace: undefined })).toEqual(['cluster:harbour/service/x']);
});

describe('Pods', () => {
  const cluster = (...pods: TestingObject[]): TestingResource[] => [
    resource('apps', 'Deployment', 'deployments', [deployment('web')]),
    resource('apps', 'ReplicaSet', 'replicasets', [replicaSet('web-1', 'web')]),
    resource('', 'Pod', 'pods', pods),
  ];

  test('of their owner’s shape are told of it, and of them nothing is kept', async () => {
    const { sources, pods, observations } = await brought(
      cluster(pod('web-1-a', 'web-1'), pod('web-1-b', 'web-1')),
    );
    expect(sources.map(({ path }) => path)).toEqual(['cluster:shop/deployment/web']);
    expect(pods).toMatchObject([
      { subject: { kind: 'Deployment', name: 'web' }, count: 2, object: undefined },
    ]);
    expect(observations).toMatchObject([
      {
        subject: { kind: 'Deployment', name: 'web', container: 'app' },
        at: '2026-01-01T00:00:00Z',
        what: { state: 'running', ready: true },
      },
    ]);
  });

  test('of another shape are followed themselves, one for all', async () => {
    const old = { spec: { containers: [{ ...container, ports: [{ containerPort: 80 }] }] } };
    const { sources, pods } = await brought(
      cluster(pod('web-1-a', 'web-1'), pod('old-a', 'web-1', old), pod('old-b', 'web-1', old)),
    );
    expect(sources.map(({ path }) => path)).toEqual([
      'cluster:shop/deployment/web',
      'cluster:shop/pod/old-a',
    ]);
    expect(pods.map(({ count }) => count)).toEqual([1, 2]);
  });

  test('that somebody put a container into are of their owner’s shape', async () => {
    const injected = { spec: { containers: [container, { name: 'istio-proxy', image: 'proxy' }] } };
    const { pods } = await brought(cluster(pod('web-1-a', 'web-1', injected)));
    expect(pods).toMatchObject([{ subject: { kind: 'Deployment' } }]);
  });

  test('that end or are done tell nothing; one of nobody is followed', async () => {
    const ending = pod('web-1-a', 'web-1');
    const { sources, observations } = await brought(
      cluster(
        { ...ending, metadata: { ...ending.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } },
        pod('web-1-b', 'web-1', { status: { phase: 'Failed', reason: 'Evicted' } }),
        { ...pod('bare', 'x'), metadata: { name: 'bare', namespace: 'shop' } },
      ),
    );
    expect(sources.map(({ path }) => path)).toEqual(['cluster:shop/deployment/web', 'cluster:shop/pod/bare']);
    expect(observations).toMatchObject([{ subject: { kind: 'Pod', name: 'bare' } }]);
  });

  test('say each thing once, with the Pod that was started again most often', async () => {
    const crashed = (restartCount: number): object => ({
      status: {
        phase: 'Running',
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ContainersNotReady',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
        containerStatuses: [
          {
            name: 'app',
            ready: false,
            restartCount,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1, finishedAt: '2026-01-02T00:00:00Z' } },
          },
        ],
      },
    });
    const { observations } = await brought(
      cluster(...[2, 9, 4].map((count) => pod(`web-1-${count}`, 'web-1', crashed(count)))),
    );
    expect(observations.map(({ what }) => what)).toMatchObject([
      { kind: 'condition', type: 'Ready', status: 'False' },
      { kind: 'container', state: 'waiting', reason: 'CrashLoopBackOff', restarts: 9, last: { exitCode: 1 } },
    ]);
    expect(observations[1]!.at).toBe('2026-01-02T00:00:00Z');
  });
});

test('slices of a selector are seen, and those that somebody wrote are followed as well', async () => {
  const slice = (name: string, manager?: string): TestingObject => ({
    metadata: {
      name,
      namespace: 'shop',
      labels: {
        'kubernetes.io/service-name': 'web',
        ...(manager ? { 'endpointslice.kubernetes.io/managed-by': manager } : {}),
      },
    },
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: [{ conditions: { ready: true } }, { conditions: { ready: false } }, { conditions: {} }],
  });
  const { sources, observations } = await brought([
    resource('discovery.k8s.io', 'EndpointSlice', 'endpointslices', [
      slice('web-1', 'endpointslice-controller.k8s.io'),
      slice('own'),
    ]),
    resource('', 'Endpoints', 'endpoints', [{ metadata: { name: 'web', namespace: 'shop' } }]),
  ]);
  expect(sources.map(({ path }) => path)).toEqual(['cluster:shop/endpointslice/own']);
  expect(observations.map(({ subject, what }) => [subject.name, what])).toEqual(
    ['web-1', 'own'].map((name) => [
      'web',
      {
        kind: 'endpoints',
        slice: name,
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        ready: 2,
        notReady: 1,
      },
    ]),
  );
});

test('events are told of what made the Pod, and of all else as they are', async () => {
  const event = (kind: string, name: string, more: object): TestingObject => ({
    metadata: { name: `${name}.1`, namespace: 'shop' },
    involvedObject: {
      kind,
      name,
      namespace: 'shop',
      apiVersion: kind === 'Ingress' ? 'networking.k8s.io/v1' : 'v1',
    },
    ...more,
  });
  const { observations, asked } = await brought([
    resource('apps', 'Deployment', 'deployments', [deployment('web')]),
    resource('apps', 'ReplicaSet', 'replicasets', [replicaSet('web-1', 'web')]),
    resource('', 'Pod', 'pods', [pod('web-1-a', 'web-1', { status: { phase: 'Running' } })]),
    resource('', 'Event', 'events', [
      event('Pod', 'web-1-a', {
        reason: 'Unhealthy',
        message: 'Readiness probe failed: x',
        count: 3,
        lastTimestamp: '2026-01-01T00:00:00Z',
        involvedObject: {
          kind: 'Pod',
          name: 'web-1-a',
          namespace: 'shop',
          fieldPath: 'spec.containers{app}',
        },
      }),
      event('Pod', 'web-1-gone', { reason: 'Unhealthy', message: 'Readiness probe failed: x' }),
      event('Ingress', 'in', { reason: 'Rejected', message: 'no class', eventTime: '2026-01-02T00:00:00Z' }),
    ]),
  ]);
  expect(asked).toContain('/api/v1/namespaces/shop/events?fieldSelector=type%3DWarning&limit=500');
  expect(observations).toEqual([
    {
      subject: { kind: 'Deployment', group: 'apps', namespace: 'shop', name: 'web', container: 'app' },
      at: '2026-01-01T00:00:00Z',
      what: {
        kind: 'event',
        type: 'Warning',
        reason: 'Unhealthy',
        message: 'Readiness probe failed: x',
        count: 3,
      },
    },
    {
      subject: { kind: 'Ingress', group: 'networking.k8s.io', namespace: 'shop', name: 'in' },
      at: '2026-01-02T00:00:00Z',
      what: { kind: 'event', type: 'Warning', reason: 'Rejected', message: 'no class' },
    },
  ]);
});

test('what controllers say of routes, of this generation alone', async () => {
  const condition = (type: string, observedGeneration: number): object => ({
    type,
    status: 'False',
    reason: 'R',
    message: 'M',
    observedGeneration,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  const { observations } = await brought([
    resource('gateway.networking.k8s.io', 'HTTPRoute', 'httproutes', [
      {
        metadata: { name: 'r', namespace: 'shop', generation: 2 },
        status: {
          parents: [
            {
              parentRef: { name: 'gw', sectionName: 'web' },
              conditions: [condition('Accepted', 1), condition('ResolvedRefs', 2)],
            },
          ],
        },
      },
    ]),
    resource('', 'Service', 'services', [service]),
  ]);
  expect(observations.map(({ what }) => what)).toEqual([
    {
      kind: 'condition',
      type: 'ResolvedRefs',
      status: 'False',
      reason: 'R',
      message: 'M',
      parent: {
        subject: { kind: 'Gateway', group: 'gateway.networking.k8s.io', namespace: 'shop', name: 'gw' },
        sectionName: 'web',
      },
    },
    { kind: 'load-balancer', addresses: ['192.0.2.1'], ports: [] },
  ]);
});

describe('Secrets', () => {
  const from = (name: string, key: string): object => ({
    name,
    valueFrom: { secretKeyRef: { name: 's', key } },
  });
  const cluster = (env: object[], envFrom: object[] = []): TestingResource[] => [
    resource('apps', 'Deployment', 'deployments', [deployment('web', [{ ...container, env, envFrom }])]),
    resource('', 'Secret', 'secrets', [
      {
        metadata: { name: 's', namespace: 'shop', annotations: { note: 'rum' } },
        data: { PASSWORD: 'cnVt', number: 'ODA4MQ==', HTTP_PORT: 'ODA4Mg==' },
        type: 'Opaque',
      },
      { metadata: { name: 'other', namespace: 'shop' }, data: { PORT: 'ODA=' } },
    ]),
  ];
  const ofSecrets = (asked: readonly string[]): string[] => asked.filter((path) => path.includes('secrets'));

  test('are not asked for where none may say a port', async () => {
    const { asked, sources } = await brought(cluster([from('PASSWORD', 'PASSWORD')]));
    expect(ofSecrets(asked)).toEqual([]);
    expect(sources).toHaveLength(1);
  });

  test.each([
    [
      'a variable of such a name takes a key',
      [from('PORT', 'number')],
      [],
      '  HTTP_PORT: ODA4Mg==\n  PASSWORD: ""\n  number: ODA4MQ==\n',
    ],
    [
      'all keys become variables',
      [],
      [{ secretRef: { name: 's' } }],
      '  HTTP_PORT: ODA4Mg==\n  PASSWORD: ""\n  number: ""\n',
    ],
  ])('are where %s, by name, and no other value is kept', async (_, env, envFrom, data) => {
    const { asked, sources } = await brought(cluster(env, envFrom));
    expect(ofSecrets(asked)).toEqual(['/api/v1/namespaces/shop/secrets/s']);
    const text = sources.find(({ path }) => path === 'cluster:shop/secret/s')?.text;
    expect(text).toBe(
      `apiVersion: v1\ndata:\n${data}kind: Secret\nmetadata:\n  name: s\n  namespace: shop\ntype: Opaque\n`,
    );
    expect((await brought(cluster(env, envFrom), { secrets: false })).asked.join()).not.toContain('secrets');
  });
});

test('what the user may not see is named as the rule that would allow it, and all else is there', async () => {
  const { sources, denied, errors } = await brought([
    resource('', 'Service', 'services', [service]),
    ...['Deployment', 'DaemonSet'].map((kind) => ({
      ...resource('apps', kind, `${kind.toLowerCase()}s`),
      denied: ['list'],
    })),
    {
      ...resource('networking.k8s.io', 'IngressClass', 'ingressclasses'),
      isNamespaced: false,
      denied: ['list'],
    },
    { ...resource('', 'Namespace', 'namespaces'), isNamespaced: false, denied: ['get', 'list'] },
  ]);
  expect(sources).toHaveLength(1);
  expect(errors).toEqual([]);
  expect(denied).toEqual([
    { apiGroups: [''], resources: ['namespaces'], verbs: ['get'], namespace: 'shop' },
    { apiGroups: ['apps'], resources: ['daemonsets', 'deployments'], verbs: ['list'], namespace: 'shop' },
    { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: ['list'] },
  ]);
});

test('who may see nothing is told so', async () => {
  const { errors } = await brought([{ ...resource('', 'Service', 'services'), denied: ['list'] }]);
  expect(errors.map(({ message }) => message)).toEqual([
    'the user of context shop may see nothing there, namespace shop',
  ]);
});

test('a namespace that is not there is told', async () => {
  const namespaces = {
    ...resource('', 'Namespace', 'namespaces', [{ metadata: { name: 'shop' } }]),
    isNamespaced: false,
  };
  expect((await brought([namespaces])).sources.map(({ path }) => path)).toEqual(['cluster:namespace/shop']);
  const { errors } = await brought([namespaces], { namespace: 'shopp' });
  expect(errors.map(({ message }) => message)).toEqual(['the cluster has no namespace shopp']);
});

test('what is in no namespace is asked for with all of them', async () => {
  const widgets = { ...resource('apiregistration.k8s.io', 'APIService', 'apiservices'), isNamespaced: false };
  const asked = async (settings: ClusterSettings): Promise<string> =>
    (await brought([widgets], settings)).asked.join();
  expect(await asked({})).not.toContain('apiservices');
  expect(await asked({ allNamespaces: true })).toContain('apiservices');
});

test('labels choose what chains are made of, and the rest is there', async () => {
  const { asked } = await brought(
    [
      resource('', 'Service', 'services'),
      resource('', 'ConfigMap', 'configmaps'),
      resource('discovery.k8s.io', 'EndpointSlice', 'endpointslices'),
    ],
    { selector: 'app=web,tier in (a,b)' },
  );
  const labelled = asked.filter((path) => path.includes('labelSelector'));
  expect(labelled).toEqual([
    '/api/v1/namespaces/shop/services?labelSelector=app%3Dweb%2Ctier+in+%28a%2Cb%29&limit=500',
  ]);
});
