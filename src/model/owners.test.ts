import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { reportOf } from '../testing/report-of.ts';

interface Made {
  readonly kind: string;
  readonly name: string;
  readonly owner?: readonly [kind: string, name: string, uid?: string] | undefined;
  readonly uid?: string;
  readonly created?: string;
  readonly port?: number;
}

const API: Record<string, string> = {
  Pod: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Rollout: 'argoproj.io/v1alpha1',
};
const apiOf = (kind: string): string => API[kind] ?? 'apps/v1';

function live({ kind, name, owner, uid, created, port = 80 }: Made): string {
  const metadata = {
    name,
    labels: { app: 'web' },
    ...(uid ? { uid } : {}),
    ...(created ? { creationTimestamp: created } : {}),
    ...(owner
      ? {
          ownerReferences: [
            {
              apiVersion: apiOf(owner[0]),
              kind: owner[0],
              name: owner[1],
              uid: owner[2] ?? owner[1],
              controller: true,
            },
          ],
        }
      : {}),
  };
  const spec = { containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: port }] }] };
  const template = { metadata: { labels: { app: 'web' } }, spec };
  return JSON.stringify({
    apiVersion: apiOf(kind),
    kind,
    metadata,
    spec: kind === 'Pod' ? spec : kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
  });
}

const workloads = (...made: Made[]): string[] =>
  graphOf(made.map(live).join('\n---\n')).model.workloads.map(({ kind, name }) => `${kind}/${name}`);

test('a Deployment, its ReplicaSets and their Pods are one workload', () => {
  const deployment = { kind: 'Deployment', name: 'web', uid: 'd' };
  const sets = ['5d4', '6f8'].map(
    (hash): Made => ({
      kind: 'ReplicaSet',
      name: `web-${hash}`,
      uid: hash,
      owner: ['Deployment', 'web', 'd'],
    }),
  );
  const pods = ['a', 'b'].map(
    (tail): Made => ({
      kind: 'Pod',
      name: `web-6f8-${tail}`,
      owner: ['ReplicaSet', 'web-6f8', '6f8'],
    }),
  );
  expect(workloads(deployment, ...sets, ...pods)).toEqual(['Deployment/web']);
  // `kubectl get` prints kinds in the order that they were asked for, and not always what lies between.
  expect(workloads(...pods, deployment)).toEqual(['Deployment/web']);
  expect(workloads(...pods, { kind: 'Rollout', name: 'web' })).toEqual(['Rollout/web']);
});

test.each<[string, string, Made[], string[]]>([
  ['StatefulSet', 'db', [{ kind: 'Pod', name: 'db-0', owner: ['StatefulSet', 'db'] }], ['StatefulSet/db']],
  ['DaemonSet', 'log', [{ kind: 'Pod', name: 'log-x', owner: ['DaemonSet', 'log'] }], ['DaemonSet/log']],
  [
    'CronJob',
    'dump',
    [
      { kind: 'Job', name: 'dump-29001', owner: ['CronJob', 'dump'] },
      { kind: 'Pod', name: 'dump-29001-x', owner: ['Job', 'dump-29001'] },
      { kind: 'Pod', name: 'dump-29002-x', owner: ['Job', 'dump-29002'] },
    ],
    ['CronJob/dump'],
  ],
  // Another object of the name, made after the owner was deleted.
  [
    'StatefulSet',
    'db',
    [{ kind: 'Pod', name: 'db-0', owner: ['StatefulSet', 'db', 'old'] }],
    ['StatefulSet/db', 'Pod/db-0'],
  ],
])('%s %s is one workload with what it made: %j', (kind, name, made, expected) => {
  expect(workloads({ kind, name, uid: name }, ...made)).toEqual(expected);
});

test('Pods whose owner is not in the input are told by the newest of those that are alike', () => {
  const pod = (name: string, created: string, port = 80): Made => ({
    kind: 'Pod',
    name,
    created,
    port,
    owner: ['PodSet', 'web'],
  });
  expect(workloads(pod('a', '2026-01-01T00:00:00Z'), pod('b', '2026-01-02T00:00:00Z'))).toEqual(['Pod/b']);
  expect(workloads(pod('a', '2026-01-01T00:00:00Z'), pod('b', '2026-01-02T00:00:00Z', 81))).toEqual([
    'Pod/a',
    'Pod/b',
  ]);
});

test('static Pods of one node are as many workloads', () => {
  const mirror = (name: string): Made => ({ kind: 'Pod', name, owner: ['Node', 'n1'] });
  expect(workloads(mirror('a'), mirror('b'))).toEqual(['Pod/a', 'Pod/b']);
});

test('owners in a circle lose nobody', () => {
  const circle = workloads(
    { kind: 'ReplicaSet', name: 'a', owner: ['Deployment', 'b'] },
    { kind: 'Deployment', name: 'b', owner: ['ReplicaSet', 'a'] },
  );
  expect(circle.length).toBeGreaterThan(0);
});

test('one mistake is one error, and Pods of an older template are told', () => {
  const service = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  });
  const report = reportOf({
    'list.yaml': [
      service,
      live({ kind: 'Deployment', name: 'web', uid: 'd', port: 8080 }),
      live({ kind: 'ReplicaSet', name: 'web-6f8', owner: ['Deployment', 'web', 'd'], port: 8080 }),
      live({ kind: 'Pod', name: 'web-6f8-a', owner: ['ReplicaSet', 'web-6f8'], port: 8080 }),
      live({ kind: 'Pod', name: 'web-5d4-b', owner: ['ReplicaSet', 'web-5d4'], port: 81 }),
    ].join('\n---\n'),
  });
  expect(report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual([
    'unbound-target-port',
  ]);
  const bind = report.links.find(({ kind }) => kind === 'bind')!;
  expect(bind.reason).toMatch(/; Pod web-5d4-b still runs an older template, which differs$/);
});
