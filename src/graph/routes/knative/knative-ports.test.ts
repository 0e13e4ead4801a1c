import { expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { reportOf } from '../../../testing/report-of.ts';

const bakery = (container: string, metadata = ''): string => `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: bakery, namespace: harbour, ${metadata} }
spec: { template: { spec: { containers: [{ name: oven, ${container} }] } } }
`;
/** Way in and what becomes of it. */
const chains = (yaml: string): string[] =>
  graphOf(yaml).chains.map(
    ({ entry, links, state }) =>
      `${entry.kind} ${entry.port} ${entry.resource.apiVersion} ${links.map(({ kind }) => kind).join()} ${state}`,
  );

test('S-175 without a port the process must listen on 8080', () => {
  expect(linesOf(bakery('image: nginx'), 'bind')).toEqual(['broken 8080 → Service/bakery:80']);
  expect(chains(bakery('image: nginx'))).toEqual(['gateway 80 serving.knative.dev/v1 bind broken']);
  expect(linesOf(bakery('image: nginxinc/nginx-unprivileged'), 'bind')).toEqual([
    'whole 8080 → Service/bakery:8080',
  ]);
});

test('S-175 the port that is declared is where requests go', () => {
  expect(chains(bakery('image: nginx, ports: [{ containerPort: 80 }]'))).toEqual([
    'gateway 80 serving.knative.dev/v1 bind whole',
  ]);
});

test('S-175 PORT is injected', () => {
  const graph = graphOf(bakery('image: example.com/oven, ports: [{ containerPort: 9000 }]'));
  const [workload] = graph.model.workloads;
  const { variables } = graph.environmentOf(workload!, workload!.template.containers[0]!);
  expect(variables.get('PORT')).toMatchObject({ value: '9000' });
});

test('S-175 a probe of port 0 asks that port, and a name may be empty', () => {
  const probe = 'readinessProbe: { tcpSocket: { port: 0 } }';
  expect(linesOf(bakery(`image: nginx, ${probe}`), 'probe')).toEqual(['broken 8080 → Service/bakery:8080']);
  const named = bakery(`image: nginx, ports: [{ name: "", containerPort: 80 }], ${probe}`);
  expect(linesOf(named, 'probe')).toEqual(['whole 80 → Service/bakery:80']);
  expect(reportOf(named).findings.map(({ rule }) => rule)).toEqual([]);
});

test('of several containers the one with a port is served', () => {
  const yaml = `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { template: { spec: { containers: [
  { name: mill, image: example.com/mill },
  { name: oven, image: nginx, ports: [{ containerPort: 81 }] }] } } }
`;
  expect(graphOf(yaml).binds.map(({ container, number }) => `${container?.name} ${number}`)).toEqual([
    'oven 81',
  ]);
});

test('one for the cluster alone has no way in from outside', () => {
  const local = bakery(
    'image: example.com/oven',
    'labels: { networking.knative.dev/visibility: cluster-local }',
  );
  expect(chains(local)).toEqual(['cluster 80 serving.knative.dev/v1 bind unproved']);
});

test('Kubernetes gets Services of its name, which no manifest shows', () => {
  const route = (name: string): string => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: quay, namespace: harbour }
spec: { rules: [{ backendRefs: [{ name: ${name}, port: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: mill, namespace: harbour }
spec: { ports: [{ port: 80 }] }
`;
  const ofRoute = (name: string): string[] => linesOf(`${bakery('image: nginx')}${route(name)}`, 'backend');
  expect(ofRoute('bakery')).toEqual(['unproved 80 → nothing']);
  expect(ofRoute('bakery-00001')).toEqual(['unproved 80 → nothing']);
  expect(ofRoute('latest-bakery')).toEqual(['unproved 80 → nothing']);
  expect(ofRoute('baker')).toEqual(['broken 80 → nothing']);
});
