import { expect, test } from 'vitest';
import type { Json } from '../../cluster/json.ts';
import { check } from '../../engine/check.ts';
import { toReport } from '../../engine/to-report.ts';
import { allRules } from '../../rules/index.ts';
import { sourcesOf } from '../../testing/test-rule.ts';
import { sayStep } from '../step/step.ts';
import { planFor } from './plan.ts';

const YAML = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 3005 }] }
---
apiVersion: v1
kind: Service
metadata: { name: name, namespace: shop }
spec: { type: ExternalName, externalName: example.com, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: corp/web, ports: [{ containerPort: 3005, hostPort: 8305 }] }] }
`;
const POD: Json = {
  metadata: {
    name: 'web-0',
    namespace: 'shop',
    labels: { app: 'web' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'web-0', controller: true }],
  },
  status: { phase: 'Running', podIP: '10.0.0.7', hostIP: '192.0.2.1' },
};
const live = (spec: Json & object = {}, ingress: Json = []): Json => ({
  spec: { type: 'LoadBalancer', ports: [{ port: 80, nodePort: 31234 }], ...spec },
  status: { loadBalancer: { ingress } },
});

interface Given {
  readonly yaml?: string;
  readonly service?: Json;
  readonly nodes?: readonly string[];
  readonly pods?: readonly Json[];
}

/** What is dialled from outside, with what of it would tell nothing; and what is left out. */
async function planned({
  yaml = YAML,
  service = live(),
  nodes = [],
  pods = [POD],
}: Given): Promise<string[]> {
  const found = check(sourcesOf({ 'app.yaml': yaml }), { rules: allRules });
  const { links } = toReport(found, { version: '0' });
  const { workloads, services } = found.sets[0]!.graph.model;
  const { steps, left } = await planFor([], links, {
    kubectl: (...words) => words.join(' '),
    workloadOf: ({ kind, name }) => workloads.find((one) => one.kind === kind && one.name === name),
    serviceOf: ({ name }) => services.find((one) => one.name === name),
    liveService: async () => service,
    podsOf: async () => pods,
    addressesOf: async () => [],
    outside: true,
    nodes,
    fromInside: false,
    image: '',
  });
  const dials = steps.flatMap((step) =>
    step.kind === 'outside' ? [`${sayStep(step)}; ${step.doubt?.of.join(', ') ?? 'none'} in doubt`] : [],
  );
  return [...dials, ...left.map((why) => `left out: ${why}`)];
}

const NAME =
  'left out: Service shop/name is of type ExternalName: a name of the DNS, which the API server asks for nobody';

test('the node of the Pod, at the port that the cluster chose, and the load balancer', async () =>
  expect(
    await planned({ service: live({}, [{ ip: '203.0.113.7' }, { hostname: 'lb.example.com' }]) }),
  ).toEqual([
    'dial port 31234 of node 192.0.2.1 from here; timeout in doubt',
    'dial port 80 of the load balancer 203.0.113.7 from here; none in doubt',
    'dial port 80 of the load balancer lb.example.com from here; none in doubt',
    'dial port 8305 of node 192.0.2.1 from here; timeout in doubt',
    NAME,
  ]));

test('nodes that are named: of those without the Pod nothing is expected where traffic stays on its node', async () => {
  const balancer = 'left out: Service shop/web has no address of a load balancer in its status';
  const hostPort = 'dial port 8305 of node 203.0.113.9 from here; refused, timeout in doubt';
  expect(await planned({ nodes: ['203.0.113.9'] })).toEqual([
    'dial port 31234 of node 203.0.113.9 from here; none in doubt',
    hostPort,
    NAME,
    balancer,
  ]);
  expect(
    await planned({ nodes: ['203.0.113.9'], service: live({ externalTrafficPolicy: 'Local' }) }),
  ).toEqual([
    'dial port 31234 of node 203.0.113.9 from here; refused, timeout in doubt',
    hostPort,
    NAME,
    balancer,
  ]);
});

test('a hostPort on one address of its node', async () => {
  const on = (address: string): string =>
    YAML.replace('hostPort: 8305', `hostPort: 8305, hostIP: ${address}`);
  const service = live({ type: 'NodePort' });
  expect(await planned({ yaml: on('192.0.2.8'), service })).toContain(
    'dial port 8305 of node 192.0.2.8 from here; refused, timeout in doubt',
  );
  expect(await planned({ yaml: on('127.0.0.1'), service })).toContain(
    'left out: hostPort 8305 of Deployment shop/web is open on 127.0.0.1 of its node alone',
  );
});

test('without a Pod no node is known', async () =>
  expect(await planned({ pods: [] })).toEqual([
    'left out: Deployment shop/web has no Pod to look at',
    NAME,
    'left out: Service shop/web: no Pod tells of a node to dial',
    'left out: Service shop/web has no address of a load balancer in its status',
  ]));
