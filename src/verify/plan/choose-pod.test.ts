import { expect, test } from 'vitest';
import type { Json } from '../../cluster/json.ts';
import type { Workload } from '../../model/model.ts';
import { graphOf } from '../../testing/graph-of.ts';
import { choosePod } from './choose-pod.ts';

const [WEB] = graphOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: corp/web }] }
`).model.workloads as [Workload];

interface Given {
  readonly name: string;
  readonly hash: string;
  readonly created: string;
  readonly phase?: string;
  readonly ready?: boolean;
  readonly owner?: Json;
  readonly deleted?: string;
  readonly statuses?: readonly Json[];
}

const pod = ({
  name,
  hash,
  created,
  phase = 'Running',
  ready = false,
  owner,
  deleted,
  statuses = [],
}: Given): Json => ({
  metadata: {
    name,
    namespace: 'shop',
    creationTimestamp: created,
    ...(deleted === undefined ? {} : { deletionTimestamp: deleted }),
    labels: { app: 'web', 'pod-template-hash': hash },
    ownerReferences: [owner ?? { kind: 'ReplicaSet', name: `web-${hash}`, controller: true }],
  },
  spec: {
    containers: [
      { name: 'mesh' },
      { name: 'app', ports: [{ containerPort: 8080 }, { containerPort: 53, protocol: 'UDP' }] },
    ],
  },
  status: {
    phase,
    podIP: '10.0.0.7',
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    containerStatuses: statuses,
  },
});

const chosen = (...pods: Json[]): string | undefined => choosePod(WEB, pods)?.name;

test('of the newest template one that is ready, then one that runs, then any', () => {
  const old = pod({ name: 'old', hash: 'aaa', created: '2026-01-01T00:00:00Z', ready: true });
  const waiting = pod({ name: 'b', hash: 'bbb', created: '2026-01-02T00:00:00Z', phase: 'Pending' });
  const running = pod({ name: 'c', hash: 'bbb', created: '2026-01-02T00:00:00Z' });
  const ready = pod({ name: 'd', hash: 'bbb', created: '2026-01-02T00:00:00Z', ready: true });
  expect(chosen(old, waiting, running, ready)).toBe('d');
  expect(chosen(old, waiting, running)).toBe('c');
  expect(chosen(old, waiting)).toBe('b');
  expect(chosen(old)).toBe('old');
  expect(chosen()).toBeUndefined();
});

test('neither that of another workload with the same labels, nor one that ends', () => {
  const created = '2026-01-01T00:00:00Z';
  expect(
    chosen(pod({ name: 'x', hash: 'a', created, owner: { kind: 'Job', name: 'other', controller: true } })),
  ).toBeUndefined();
  expect(
    chosen(
      pod({ name: 'x', hash: 'a', created, owner: { kind: 'Deployment', name: 'web-2', controller: true } }),
    ),
  ).toBeUndefined();
  expect(chosen(pod({ name: 'x', hash: 'a', created, deleted: created }))).toBeUndefined();
});

test('what can be asked of it: who runs, with the one that declares a port first; who logged; who crashed', () => {
  const statuses = [
    { name: 'mesh', state: { running: {} } },
    { name: 'app', state: { running: {} }, lastState: { terminated: { exitCode: 1 } } },
    { name: 'late', state: { waiting: { reason: 'ImagePullBackOff' } } },
    { name: 'fell', state: { terminated: { exitCode: 2 } } },
    { name: 'setup', state: { terminated: { exitCode: 0 } } },
  ];
  expect(choosePod(WEB, [pod({ name: 'x', hash: 'a', created: '', statuses })])).toEqual({
    namespace: 'shop',
    name: 'x',
    address: '10.0.0.7',
    running: ['app', 'mesh'],
    logging: ['mesh', 'app', 'fell'],
    crashed: ['app'],
    ports: [8080],
  });
});

test('a list that is none of Pods chooses nothing', () => {
  for (const odd of [null, 7, 'pod', [], {}, { metadata: 7 }] as Json[]) expect(chosen(odd)).toBeUndefined();
});
