import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import type {
  Observation,
  Seen,
  SeenConnection,
  SeenContainer,
  SeenEndpoints,
  Subject,
} from '../model/observation.ts';
import type { ReportLink } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { check } from './check.ts';
import { toReport } from './to-report.ts';

const AT = '2026-11-29T12:00:00Z';

const YAML = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 3005 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: api
          image: mycorp/api
          ports: [{ containerPort: 3005, hostPort: 3005 }]
          readinessProbe: { httpGet: { path: /, port: 3005 } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge, sectionName: web }]
  hostnames: [shop.example.com]
  rules:
    - matches: [{ path: { type: PathPrefix, value: / } }]
      backendRefs: [{ name: web, port: 80 }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: any
  listeners: [{ name: web, port: 80, protocol: HTTP }]
`;
const NAMED = YAML.replace('targetPort: 3005', 'targetPort: gone');

const SERVICE: Subject = { kind: 'Service', namespace: 'shop', name: 'web' };
const DEPLOYMENT: Subject = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const ROUTE: Subject = { kind: 'HTTPRoute', namespace: 'shop', name: 'web' };
const GATEWAY: Subject = { kind: 'Gateway', namespace: 'shop', name: 'edge' };

const seen = (subject: Subject, what: Seen): Observation => ({ subject, at: AT, what });
const linksOf = (yaml: string, ...observations: Observation[]): readonly ReportLink[] =>
  toReport(
    check(sourcesOf({ 'app.yaml': yaml }), {
      rules: allRules,
      settings: { ...DEFAULT_SETTINGS, observations },
    }),
    { version: '1.2.3' },
  ).links;
const linkOf = (kind: string, yaml: string, ...observations: Observation[]): ReportLink =>
  linksOf(yaml, ...observations).find((link) => link.kind === kind)!;
const told = ({ grounds }: ReportLink): string[] =>
  grounds.map(({ kind, says, at }) => `${kind}: ${says}${at ? ` @${at}` : ''}`);

describe('EndpointSlices', () => {
  const slice = (port: number | undefined, ready = 2, more: Partial<SeenEndpoints> = {}): Observation =>
    seen(SERVICE, {
      kind: 'endpoints',
      slice: 'web-abc',
      ports: port === undefined ? [] : [{ name: 'http', port, protocol: 'TCP' }],
      ready,
      notReady: 2 - ready,
      ...more,
    });

  test('settle where a Service port leads', () => {
    const link = linkOf('target-port', YAML, slice(3005));
    expect(link).toMatchObject({
      state: 'whole',
      evidence: 'observed',
      reason: 'EndpointSlice web-abc says 3005, with 2 of 2 endpoints ready',
    });
    expect(told(link)).toEqual([
      'declared: the Pod declares this port',
      `endpoint-slice: EndpointSlice web-abc says 3005, with 2 of 2 endpoints ready @${AT}`,
    ]);
  });

  test('contradict a manifest, and both are named', () => {
    const link = linkOf('target-port', YAML, slice(8080));
    expect(link).toMatchObject({ state: 'unproved', evidence: 'observed' });
    expect(link.reason).toBe('the Pod declares this port, but EndpointSlice web-abc says 8080');
    expect(linkOf('target-port', NAMED).state).toBe('broken');
    expect(linkOf('target-port', NAMED, slice(8080))).toMatchObject({
      state: 'unproved',
      reason:
        'no TCP port of the Pod is called gone, but EndpointSlice web-abc says 8080, with 2 of 2 endpoints ready',
    });
  });

  test('confirm what is broken', () =>
    expect(linkOf('target-port', NAMED, slice(undefined))).toMatchObject({
      state: 'broken',
      evidence: 'observed',
    }));

  test('without a ready endpoint carry nothing', () =>
    expect(linkOf('target-port', YAML, slice(3005, 0))).toMatchObject({
      state: 'unproved',
      reason: 'the Pod declares this port, but EndpointSlice web-abc says 3005, with 0 of 2 endpoints ready',
    }));

  test('without any endpoint select nothing', () =>
    expect(linkOf('selector', YAML, slice(undefined, 0, { notReady: 0 }))).toMatchObject({
      state: 'unproved',
      grounds: [
        { kind: 'declared' },
        { kind: 'endpoint-slice', says: 'EndpointSlice web-abc has no endpoints' },
      ],
    }));

  test('of which one carries the port are enough', () =>
    expect(linkOf('target-port', YAML, slice(8080), slice(3005, 2, { slice: 'web-def' })).state).toBe(
      'whole',
    ));
});

describe('connections through the Service', () => {
  const dial = (answer: Extract<Seen, { kind: 'connection' }>['answer'], port = 80): Observation =>
    seen(SERVICE, { kind: 'connection', dialled: 'service', port, protocol: 'TCP', answer });

  test('that are answered prove all that lies behind', () => {
    const answered = dial({ kind: 'http', status: 200 });
    expect(linkOf('target-port', YAML, answered)).toMatchObject({ state: 'whole', evidence: 'observed' });
    expect(linkOf('bind', YAML, answered)).toMatchObject({
      state: 'whole',
      evidence: 'observed',
      reason: 'a connection to port 80 of the Service was answered with HTTP 200',
    });
  });

  test('prove none of several workloads', () => {
    const second = YAML.split('---')[1]!.replace('{ name: web,', '{ name: other,');
    const two = `${YAML}---${second}`;
    expect(linkOf('bind', two, dial({ kind: 'tls' })).state).toBe('unproved');
    expect(told(linkOf('target-port', two, dial({ kind: 'tls' })))).toContain(
      `connection: a connection to port 80 of the Service was answered with TLS @${AT}`,
    );
  });

  test('that are refused deny what the manifest says', () =>
    expect(linkOf('target-port', YAML, dial({ kind: 'refused' }))).toMatchObject({
      state: 'unproved',
      reason: 'the Pod declares this port, but a connection to port 80 of the Service was refused',
    }));

  test('to another port tell nothing', () =>
    expect(linkOf('bind', YAML, dial({ kind: 'tcp' }, 81)).state).toBe('unproved'));

  test('go with an open socket or against it', () => {
    const sockets = (...ports: number[]): Observation =>
      seen(DEPLOYMENT, {
        kind: 'sockets',
        all: ['TCP', 'UDP'],
        listening: ports.map((port) => ({ address: '0.0.0.0', port, protocol: 'TCP' })),
      });
    expect(linkOf('bind', YAML, sockets(3005), dial({ kind: 'tcp' })).state).toBe('whole');
    expect(linkOf('bind', YAML, sockets(80), dial({ kind: 'tcp' }))).toMatchObject({
      state: 'unproved',
      reason:
        'the process listens on 80/TCP: an open socket says so: 0.0.0.0:80, but a connection to port 80 of the Service was taken',
    });
  });
});

describe('connections through the controller', () => {
  const dial = (answer: Extract<Seen, { kind: 'connection' }>['answer'], path = '/'): Observation =>
    seen(ROUTE, {
      kind: 'connection',
      dialled: 'controller',
      port: 80,
      protocol: 'TCP',
      host: 'shop.example.com',
      path,
      answer,
    });

  test('that the application answers prove the way', () =>
    expect(linkOf('backend', YAML, dial({ kind: 'http', status: 404, by: 'application' }))).toMatchObject({
      state: 'whole',
      evidence: 'observed',
    }));

  test('that the controller answers itself went no further', () =>
    expect(linkOf('backend', YAML, dial({ kind: 'http', status: 503, by: 'controller' }))).toMatchObject({
      state: 'unproved',
      reason: expect.stringMatching(
        /, but a connection to port 80 of the controller was answered with HTTP 503 by the controller itself$/,
      ),
    }));

  test('of another path tell nothing', () =>
    expect(linkOf('backend', YAML, dial({ kind: 'refused' }, '/x')).state).toBe('whole'));
});

describe('connections from outside', () => {
  const dial = (
    subject: Subject,
    what: Pick<SeenConnection, 'dialled' | 'port' | 'behind'>,
    kind: 'tcp' | 'refused' | 'timeout',
  ): Observation =>
    seen(subject, { kind: 'connection', ...what, protocol: 'TCP', address: '203.0.113.9', answer: { kind } });
  const service = (kind: 'tcp' | 'refused'): Observation =>
    seen(SERVICE, { kind: 'connection', dialled: 'service', port: 80, protocol: 'TCP', answer: { kind } });
  const NODE_PORT = YAML.replace('targetPort: 3005', 'targetPort: 3005, nodePort: 30080');
  const hostLink = (yaml: string, from: string, ...observations: Observation[]): ReportLink =>
    linksOf(yaml, ...observations).find((one) => one.kind === 'host' && one.from.resource.kind === from)!;

  test('to a nodePort are of its hop, and its fault where the Service answers', () => {
    const node = (kind: 'tcp' | 'refused' | 'timeout', port = 30080): Observation =>
      dial(SERVICE, { dialled: 'node', port, behind: 80 }, kind);
    expect(hostLink(NODE_PORT, 'Service', node('tcp'))).toMatchObject({
      state: 'whole',
      evidence: 'observed',
      reason: 'a connection to port 30080 of node 203.0.113.9 was taken',
    });
    expect(hostLink(NODE_PORT, 'Service', node('timeout'), service('tcp'))).toMatchObject({
      state: 'unproved',
      reason:
        'every node forwards this port to the Service, but a connection to port 30080 of node 203.0.113.9 timed out',
    });
    // What lies behind does not answer: told, and nobody's fault here.
    for (const more of [[service('refused')], []])
      expect(hostLink(NODE_PORT, 'Service', node('refused'), ...more)).toMatchObject({
        state: 'whole',
        evidence: 'declared',
        grounds: [{ kind: 'declared' }, { connection: { dialled: 'node', address: '203.0.113.9' } }],
      });
    expect(hostLink(NODE_PORT, 'Service', node('refused', 30081), service('tcp')).evidence).toBe('declared');
    // The cluster chose one, and no manifest says which.
    expect(linkOf('target-port', YAML, node('tcp', 31234))).toMatchObject({
      state: 'whole',
      reason: 'a connection to port 31234 of node 203.0.113.9 was taken',
    });
    expect(told(linkOf('target-port', NODE_PORT, node('tcp')))).toEqual([
      'declared: the Pod declares this port',
    ]);
  });

  test('to a hostPort', () => {
    const node = dial(DEPLOYMENT, { dialled: 'node', port: 3005, behind: 3005 }, 'refused');
    const pod = seen(DEPLOYMENT, {
      kind: 'connection',
      dialled: 'pod',
      port: 3005,
      protocol: 'TCP',
      answer: { kind: 'tcp' },
    });
    expect(hostLink(YAML, 'Deployment', node, pod).state).toBe('unproved');
    expect(hostLink(YAML, 'Deployment', node).state).toBe('whole');
    // It tells nothing of the Pod's own port.
    expect(linkOf('bind', YAML, node).state).toBe('unproved');
  });

  test('to a load balancer are told of the Service port, and against the Service', () => {
    const balanced = (kind: 'tcp' | 'refused'): Observation =>
      dial(SERVICE, { dialled: 'load-balancer', port: 80, behind: 80 }, kind);
    expect(linkOf('target-port', YAML, balanced('tcp'))).toMatchObject({
      state: 'whole',
      evidence: 'observed',
    });
    expect(linkOf('target-port', YAML, balanced('refused'), service('tcp'))).toMatchObject({
      state: 'unproved',
      reason:
        'a connection to port 80 of the Service was taken, but a connection to port 80 of the load balancer 203.0.113.9 was refused',
    });
    expect(linkOf('target-port', YAML, balanced('refused')).state).toBe('whole');
  });
});

describe('a sidecar', () => {
  const two = YAML.replace('- name: api', '- { name: beside, image: mycorp/beside }\n        - name: api');
  const of = (container: string, what: Seen): Observation => seen({ ...DEPLOYMENT, container }, what);
  const log = of('beside', {
    kind: 'log',
    path: 'log of Pod shop/web-0',
    text: 'listen EADDRINUSE: address already in use :::3005',
  });
  const states = (restarts: number): Observation[] => [
    of('api', { kind: 'container', state: 'running', ready: true, restarts: 0 }),
    of('beside', { kind: 'container', state: 'running', ready: true, restarts }),
  ];

  test('that ends as another container has its port is told of, with its log', () => {
    const says = told(linkOf('bind', two, log, ...states(3))).find((one) => one.startsWith('log: '));
    expect(says).toMatch(
      /^log: container beside cannot have port 3005, which is taken in its Pod: its log says so: "EADDRINUSE/,
    );
    expect(told(linkOf('bind', two, log, ...states(0))).join()).not.toContain('cannot have port');
  });
});

describe('a failure is that of the innermost link that cannot hold', () => {
  const command = 'kubectl get --raw /api/v1/namespaces/shop/services/web:80/proxy/';
  const dials: Observation[] = [
    {
      ...seen(SERVICE, {
        kind: 'connection',
        dialled: 'service',
        port: 80,
        protocol: 'TCP',
        answer: { kind: 'refused' },
      }),
      command,
    },
    seen(ROUTE, {
      kind: 'connection',
      dialled: 'controller',
      port: 80,
      protocol: 'TCP',
      host: 'shop.example.com',
      path: '/',
      answer: { kind: 'http', status: 502, by: 'controller' },
    }),
  ];
  const listening = (port: number): Observation =>
    seen(DEPLOYMENT, {
      kind: 'sockets',
      all: ['TCP', 'UDP'],
      listening: [{ address: '0.0.0.0', port, protocol: 'TCP' }],
    });
  const states = (...observations: Observation[]): string[] =>
    ['backend', 'target-port', 'bind'].map((kind) => linkOf(kind, YAML, ...observations).state);

  test('nobody listens: what lies before is whole, and the failure is told there', () => {
    expect(states(...dials, listening(80))).toEqual(['whole', 'whole', 'broken']);
    expect(linkOf('target-port', YAML, ...dials, listening(80)).grounds.at(-1)).toEqual({
      kind: 'connection',
      says: 'a connection to port 80 of the Service was refused',
      location: null,
      at: AT,
      command,
      connection: { dialled: 'service', port: 80, protocol: 'TCP', answer: { kind: 'refused' } },
    });
  });

  test('somebody listens: where it fails is open, from the Service on', () =>
    expect(states(...dials, listening(3005))).toEqual(['unproved', 'unproved', 'whole']));
});

describe('conditions', () => {
  const accepted = (status: 'True' | 'False', sectionName?: string): Observation =>
    seen(ROUTE, {
      kind: 'condition',
      type: 'Accepted',
      status,
      reason: 'NoMatchingParent',
      parent: { subject: GATEWAY, sectionName },
    });

  test('of a route are those of the parent that says so', () => {
    expect(linkOf('parent', YAML, accepted('True'))).toMatchObject({ state: 'whole', evidence: 'observed' });
    expect(linkOf('parent', YAML, accepted('False', 'web'))).toMatchObject({
      state: 'unproved',
      grounds: [
        { kind: 'declared' },
        {
          kind: 'condition',
          says: 'its condition Accepted for Gateway edge is False: NoMatchingParent',
          at: AT,
        },
      ],
    });
    expect(linkOf('parent', YAML, accepted('False', 'other')).evidence).toBe('declared');
  });

  test('ResolvedRefs is about backends', () => {
    const refs = (status: 'True' | 'False'): Observation =>
      seen(ROUTE, {
        kind: 'condition',
        type: 'ResolvedRefs',
        status,
        reason: 'BackendNotFound',
        message: 'Service "web" not found',
      });
    expect(linkOf('backend', YAML, refs('False'))).toMatchObject({ state: 'unproved' });
    const gone = YAML.replace('backendRefs: [{ name: web', 'backendRefs: [{ name: elsewhere');
    expect(linkOf('backend', gone).state).not.toBe('whole');
    expect(linkOf('backend', gone, refs('False')).state).toBe(linkOf('backend', gone).state);
  });

  test('of a Pod that is not ready are told of its process', () =>
    expect(
      told(
        linkOf(
          'bind',
          YAML,
          seen(DEPLOYMENT, {
            kind: 'condition',
            type: 'Ready',
            status: 'False',
            reason: 'ContainersNotReady',
          }),
        ),
      ),
    ).toEqual([`condition: its condition Ready is False: ContainersNotReady @${AT}`]));
});

describe('containers', () => {
  const state = (what: Partial<SeenContainer>): Observation =>
    seen(
      { ...DEPLOYMENT, container: 'api' },
      { kind: 'container', state: 'running', ready: true, restarts: 0, ...what },
    );
  const answered = seen(DEPLOYMENT, {
    kind: 'connection',
    dialled: 'pod',
    port: 3005,
    protocol: 'TCP',
    answer: { kind: 'tcp' },
  });

  test('that do not run serve nothing', () =>
    expect(
      linkOf(
        'bind',
        YAML,
        answered,
        state({
          state: 'waiting',
          reason: 'CrashLoopBackOff',
          ready: false,
          restarts: 5,
          last: { exitCode: 1 },
        }),
      ),
    ).toMatchObject({
      state: 'unproved',
      reason:
        "a connection to port 3005 of the Pod's address was taken, but container api is waiting: CrashLoopBackOff, started again 5 times, its last run ended with 1",
    }));

  test('do not start before those that are to end first have ended well', () => {
    const init = YAML.replace(
      '      containers:',
      '      initContainers: [{ name: migrate, image: mycorp/migrate }]\n      containers:',
    );
    const migrate = (what: Partial<SeenContainer>): Observation =>
      seen(
        { ...DEPLOYMENT, container: 'migrate' },
        { kind: 'container', state: 'waiting', ready: false, restarts: 0, ...what },
      );
    const crashed = { reason: 'CrashLoopBackOff', restarts: 5, last: { exitCode: 1 } };
    expect(linkOf('bind', init, migrate(crashed)).reason).toContain(
      'but container migrate is waiting: CrashLoopBackOff, started again 5 times, its last run ended with 1',
    );
    expect(linkOf('bind', init, migrate({ state: 'terminated', reason: 'Error' })).reason).toContain(
      'but container migrate is terminated: Error',
    );
    for (const well of [
      migrate({ state: 'terminated', reason: 'Completed' }),
      migrate({ reason: 'PodInitializing' }),
      migrate({ state: 'running' }),
    ])
      expect(linkOf('bind', init, answered, well).state).toBe('whole');
  });

  test('that are ready passed their readiness probe', () => {
    expect(linkOf('probe', YAML).state).toBe('unproved');
    expect(linkOf('probe', YAML, state({}))).toMatchObject({
      state: 'whole',
      reason: 'container api is ready, so its readiness probe passed',
    });
    expect(linkOf('probe', YAML, state({ ready: false })).state).toBe('unproved');
  });
});

describe('events', () => {
  const event = (reason: string, message: string): Observation =>
    seen(DEPLOYMENT, { kind: 'event', type: 'Warning', reason, message, count: 3 });
  const failed = event(
    'Unhealthy',
    'Readiness probe failed: dial tcp 10.0.0.7:3005: connect: connection refused',
  );
  const notReady = seen(
    { ...DEPLOYMENT, container: 'api' },
    { kind: 'container', state: 'running', ready: false, restarts: 0 },
  );

  test('of a probe are told at the probe', () => {
    const link = linkOf('probe', YAML, failed, notReady);
    expect(told(link)).toEqual([
      `event: the cluster reports Unhealthy, 3 times: Readiness probe failed: dial tcp 10.0.0.7:3005: connect: connection refused @${AT}`,
    ]);
    expect(told(linkOf('bind', YAML, failed))).toEqual([]);
    const program = YAML.replace('httpGet: { path: /, port: 3005 }', 'exec: { command: [is-ready] }');
    expect(told(linkOf('bind', program, failed))).toEqual(told(link));
  });

  const TAKEN = "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.";
  test.each([
    ['an event', event('FailedScheduling', TAKEN)],
    [
      'a condition',
      seen(DEPLOYMENT, { kind: 'condition', type: 'PodScheduled', status: 'False', message: TAKEN }),
    ],
  ])('of a hostPort that no node has free: %s', (_, observation) =>
    expect(linkOf('host', YAML, observation)).toMatchObject({ state: 'unproved', evidence: 'observed' }),
  );

  test('are short, and on one line', () => {
    const [says] = told(linkOf('bind', YAML, event('BackOff', `a\n${'b'.repeat(1000)}`)));
    expect(says).not.toContain('\n');
    expect(says!.length).toBeLessThan(300);
  });
});

test('a load balancer is told at the Service port', () => {
  const balancer = (...addresses: string[]): ReportLink =>
    linkOf(
      'target-port',
      YAML,
      seen(SERVICE, {
        kind: 'load-balancer',
        addresses,
        ports: [{ port: 80, protocol: 'TCP', error: 'PortInUse' }],
      }),
    );
  expect(told(balancer('203.0.113.7'))).toContain(
    `condition: its load balancer is at 203.0.113.7; port 80: PortInUse @${AT}`,
  );
  expect(told(balancer())).toContain(
    `condition: no load balancer has an address for it; port 80: PortInUse @${AT}`,
  );
  expect(balancer('203.0.113.7').state).toBe('whole');
});
