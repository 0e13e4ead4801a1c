import type { Report } from '../report/report.ts';

/** A type with nothing left out: no field is optional, nothing is null, no list is empty but the innermost `next`. */
type Complete<T> = T extends readonly (infer Item)[]
  ? readonly [Complete<Item>]
  : T extends object
    ? { readonly [Key in keyof T]-?: Key extends 'next' ? readonly [] : Complete<NonNullable<T[Key]>> }
    : T;

const location = { path: 'app.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };

const resource = { apiVersion: 'v1', kind: 'Service', namespace: 'harbour', name: 'dock' };

const end = {
  resource,
  container: 'crane',
  port: { name: 'http', number: 8080, protocol: 'TCP' },
  targetPort: 'htpt',
  location,
  origin: location,
};

/** Has a value for every field that a report can have, or does not compile. */
export const COMPLETE: Complete<Report> = {
  schema: 'portolan/v1',
  configuration: 'portolan.config.yaml',
  tool: { name: 'portolan', version: '1.2.3' },
  sources: [{ path: 'app.yaml', kind: 'file', set: 'dev', resources: 2 }],
  plan: [
    {
      path: 'dev',
      kind: 'kustomize',
      object: 'shop',
      set: 'dev',
      with: 'kustomize',
      state: 'built',
      reason: 'a component',
      help: 'install it',
      beside: ['values-dev.yaml'],
    },
  ],
  sets: [{ name: 'dev', resources: 2 }],
  summary: {
    resources: 2,
    links: { whole: 0, broken: 1, unproved: 0 },
    chains: { whole: 0, broken: 1, unproved: 0 },
    findings: { error: 1, warning: 0, info: 0 },
    ignored: 1,
  },
  links: [
    {
      id: 'target-port-1',
      set: 'dev',
      kind: 'target-port',
      from: end,
      to: end,
      state: 'broken',
      evidence: 'declared',
      reason: 'no TCP port of the Pod is called htpt',
      grounds: [
        {
          kind: 'declared',
          says: 'no TCP port of the Pod is called htpt',
          location,
          source: 'example/dock:Dockerfile',
          at: '2026-01-02T03:04:05Z',
          command: 'kubectl -n dock logs dock-0',
          socket: { addresses: ['0.0.0.0'], port: 8080, protocol: 'TCP' },
          connection: {
            dialled: 'controller',
            from: 'pod',
            address: '203.0.113.7',
            port: 80,
            protocol: 'TCP',
            answer: { kind: 'http', status: 502, by: 'controller' },
          },
        },
      ],
      missing: [{ kind: 'image', says: 'the image is not known', command: 'portolan check --images k8s/' }],
      witnesses: [{ who: 'targetPort', says: 'htpt', verdict: 'cause' }],
      disagreeing: [{ what: 'label app', from: 'dock', to: 'docks' }],
      nearest: end,
      forwards: [end],
    },
  ],
  chains: [
    {
      id: 'chain-1',
      set: 'dev',
      entry: {
        kind: 'ingress',
        host: 'dock.example.com',
        path: '/',
        pathType: 'Prefix',
        port: 80,
        protocol: 'TCP',
        resource,
      },
      links: ['target-port-1'],
      tree: [{ link: 'target-port-1', next: [] }],
      state: 'broken',
    },
  ],
  findings: [
    {
      rule: 'unresolved-target-port',
      severity: 'error',
      usualSeverity: 'warning',
      set: 'dev',
      message: 'Service `harbour/dock` forwards to `htpt`, which no Pod declares',
      link: 'target-port-1',
      resources: [resource],
      stopsTraffic: true,
      labels: [{ location, origin: location, message: 'no TCP port has this name', primary: true }],
      notes: ['a note'],
      known: [0],
      help: ['some help'],
      fixes: [
        {
          title: 'point targetPort at `http`',
          applicability: 'unsafe',
          end: 'service',
          changes: resource,
          edits: [
            { path: 'app.yaml', start: { line: 3, column: 5 }, end: { line: 3, column: 9 }, text: 'http' },
          ],
        },
      ],
      docs: 'https://example.com/unresolved-target-port',
      fingerprint: '0123456789abcdef',
      ignored: { by: 'comment', reason: 'known since the move' },
    },
  ],
  unproved: [
    { kind: 'image', says: 'the image is not known', command: 'portolan check --images k8s/', links: 2 },
  ],
  errors: [
    {
      path: 'bad.yaml',
      line: 2,
      column: 1,
      message: 'the decoder of kind Service failed',
      fault: { part: 'decoder', name: 'Service', cause: 'TypeError: a tab cannot indent' },
    },
  ],
  steps: [
    {
      says: 'read the log of container dock of Pod dock/dock-0',
      requests: ['GET /api/v1/namespaces/dock/pods/dock-0/log?container=dock'],
      command: 'kubectl -n dock logs dock-0 -c dock',
      state: 'failed',
      reason: 'pods "dock-0" is forbidden',
    },
  ],
  drift: [
    {
      files: 'chain-1',
      cluster: 'chain-2',
      same: false,
      hops: [{ files: 'bind-1', cluster: 'bind-2', same: false, next: [] }],
    },
  ],
  denied: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], namespace: 'shop' }],
  made: [
    {
      by: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      kind: 'Pod',
      names: ['web-5d8f-x2k'],
    },
  ],
  ignores: [
    {
      by: 'comment',
      rule: 'host-port',
      reason: 'the node is ours',
      location,
      hides: 0,
      wrong: 'it hides nothing',
    },
  ],
  passedBy: [{ by: '.gitignore', entries: 2 }],
  failOn: 'warning',
  baseline: { path: 'portolan.baseline', known: 1, mended: ['0123456789abcdef host-port a.yaml: message'] },
  changedSince: { ref: 'main', base: '77d7a50b', leftOut: 3 },
  foreign: [{ path: 'values.yaml', line: 1, message: 'no Kubernetes object' }],
};
