import { describe, expect, test } from 'vitest';
import { cutsOf } from '../../testing/cuts.ts';
import { reportOf } from '../../testing/report-of.ts';
import { drawPicture } from './draw.ts';

const service = (selector: string, type = 'ClusterIP', namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: ${namespace} }
spec: { type: ${type}, selector: { ${selector} }, ports: [{ port: 80 }, { name: b, port: 81 }] }
---`;

const deployment = (labels: string, own = 'x: y'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour, labels: { ${own} } }
spec:
  selector: { matchLabels: { ${labels} } }
  template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: oven, image: nginx }] } }
---`;

/** What stands at both ends of the wires that are cut, and in which cards. */
const cutsIn = (text: string): string[] =>
  cutsOf(reportOf({ 'app.yaml': text })).map(
    ({ from, to }) => `${from.card}: ${from.what} ${from.value} | ${to.card}: ${to.what} ${to.value}`,
  );

describe('a selector whose Pods have other labels is cut between what both say', () => {
  test.each([
    ['another value', 'app: bakery-web', 'app: bakery', 'label app bakery-web', 'label app bakery'],
    ['no such label', 'app: bakery, tier: web', 'app: bakery', 'label tier web', 'label tier no web'],
    ['another key', 'aap: bakery', 'app: bakery', 'label aap: bakery', 'label app: bakery'],
  ])('%s', (_, selector, labels, asked, there) => {
    expect(cutsIn(service(selector) + deployment(labels))).toEqual([
      `Service · harbour: ${asked} | Deployment · harbour: ${there}`,
    ]);
  });

  test('labels that only the workload itself has', () => {
    expect(cutsIn(service('tier: web') + deployment('app: bakery', 'tier: web'))).toEqual([
      'Service · harbour: label tier web | Deployment · harbour: label tier no web',
    ]);
  });

  test('Pods of another namespace', () => {
    expect(cutsIn(service('app: bakery', 'ClusterIP', 'market') + deployment('app: bakery'))).toEqual([
      'Service · market: namespace market | Deployment · harbour: namespace harbour',
    ]);
  });

  test('and the way up to it is drawn', () => {
    const text = service('app: bakery-web', 'LoadBalancer') + deployment('app: bakery');
    const whole = drawPicture(reportOf({ 'app.yaml': text })).wires.filter(({ state }) => state === 'whole');
    expect(whole.map(({ from, to }) => `${from.row.right?.number} ${to.row.left?.number}`)).toEqual([
      '80 80',
      '81 81',
    ]);
  });
});

test('a Service that is not there is cut at its name', () => {
  const route = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: bakery, namespace: harbour }
spec: { defaultBackend: { service: { name: bakry, port: { number: 80 } } } }
---`;
  expect(cutsIn(route + service('app: bakery') + deployment('app: bakery'))).toEqual([
    'Ingress · harbour: Service bakry | a port of a Service: Service no bakry',
  ]);
});

describe('a listener that does not take a route is cut between what it takes and what the route is', () => {
  const gateway = (parent: string, namespace = 'harbour'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec: { gatewayClassName: c, listeners: [{ name: web, port: 80, protocol: HTTP, hostname: "*.example.com" }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: bakery, namespace: ${namespace} }
spec: { parentRefs: [{ name: gate, namespace: harbour${parent} }], hostnames: [bakery.example.org], rules: [{ backendRefs: [{ name: bakery, port: 80 }] }] }
---`;

  test.each([
    ['host', '', 'harbour', 'host *.example.com', 'host bakery.example.org'],
    ['listener', ', sectionName: https', 'harbour', 'listener no https', 'listener https'],
    ['port', ', port: 443', 'harbour', 'port no 443', 'port 443'],
    ['namespace', '', 'market', 'namespace harbour', 'namespace market'],
  ])('%s', (_, parent, namespace, there, asked) => {
    const text = gateway(parent, namespace) + service('app: bakery', 'ClusterIP', namespace);
    expect(cutsIn(text + deployment('app: bakery'))).toContain(
      `Gateway · harbour: ${there} | HTTPRoute · ${namespace}: ${asked}`,
    );
  });
});

test('a process that listens for its own Pod alone is cut at the address', () => {
  const pod = `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec: { containers: [{ name: oven, image: hashicorp/http-echo:1.0, args: ['-listen=127.0.0.1:80'] }] }
---`;
  expect(cutsIn(service('app: bakery') + pod)).toContainEqual(
    expect.stringMatching(/address the Pod's \| .*: address loopback/),
  );
});
