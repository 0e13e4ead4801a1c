import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';

const service = (name: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { selector: { app: bakery${more} }, ports: [{ port: 80, targetPort: http }] }
`;
const template = (port = 'http'): string =>
  `template: { metadata: { labels: { app: bakery } }, spec: { containers: [{ name: oven, image: nginx, ports: [{ name: ${port}, containerPort: 80 }] }] } }`;
const rollout = (strategy: string, spec = template()): string => `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: bakery, namespace: harbour }
spec: { strategy: { ${strategy} }, ${spec} }
`;
const all = (...documents: string[]): string => documents.join('---');
const canary = 'canary: { canaryService: bakery-new, stableService: bakery }';

describe('the Services that a Rollout names', () => {
  test('are there, or are not', () => {
    expect(linesOf(all(rollout(canary), service('bakery')), 'backend')).toEqual([
      'unproved bakery → nothing',
      'whole bakery → Service/bakery',
    ]);
    const blueGreen = 'blueGreen: { activeService: bakery, previewService: bakery-new }';
    expect(linesOf(all(rollout(blueGreen), service('bakery'), service('bakery-new')), 'backend')).toEqual([
      'whole bakery → Service/bakery',
      'whole bakery → Service/bakery-new',
    ]);
    const pingPong = 'canary: { pingPong: { pingService: ping, pongService: pong } }';
    expect(linesOf(all(rollout(pingPong), service('ping'), service('pong')), 'backend')).toEqual([
      'whole bakery → Service/ping',
      'whole bakery → Service/pong',
    ]);
  });

  test('nobody enters by them', () => {
    const graph = graphOf(all(rollout(canary), service('bakery'), service('bakery-new')));
    expect(graph.chains.map(({ entry, state }) => `${entry.kind} ${entry.resource.name} ${state}`)).toEqual([
      'cluster bakery whole',
      'cluster bakery-new whole',
    ]);
  });

  test.each([
    ['80', 'whole 80 → Service/bakery:80'],
    ['8080', 'broken 8080 → Service/bakery'],
  ])('an AWS load balancer is given their port %s', (port, line) => {
    const alb = `canary: { stableService: bakery, trafficRouting: { alb: { ingress: quay, servicePort: ${port} } } }`;
    expect(linesOf(all(rollout(alb), service('bakery')), 'backend')).toEqual([
      'whole bakery → Service/bakery',
      line,
    ]);
    const root = `canary: { trafficRouting: { alb: { rootService: bakery, servicePort: ${port} } } }`;
    expect(linesOf(all(rollout(root), service('bakery')), 'backend')).toEqual([line]);
  });
});

describe('the Pods of a Rollout', () => {
  test('S-176 are those of its own template', () => {
    expect(linesOf(all(rollout(canary), service('bakery')), 'target-port')).toEqual([
      'whole http → Rollout/bakery:80',
    ]);
    expect(linesOf(all(rollout(canary, template('web')), service('bakery')), 'target-port')).toEqual([
      'broken http → Rollout/bakery',
    ]);
  });

  test('S-176 or of the Deployment that workloadRef names', () => {
    const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: oven, namespace: harbour }
spec: { replicas: 0, ${template()} }
`;
    const referring = rollout(canary, 'workloadRef: { apiVersion: apps/v1, kind: Deployment, name: oven }');
    expect(linesOf(all(referring, deployment, service('bakery')), 'target-port')).toEqual([
      'whole http → Deployment/oven:80',
    ]);
  });

  test('S-176 a selector may have the hash that the controller adds', () => {
    const live = service('bakery', ', rollouts-pod-template-hash: 86666d6ffc');
    expect(linesOf(all(rollout(canary), live), 'selector')).toEqual(['whole bakery → Rollout/bakery']);
    const stateful = rollout(canary)
      .replace('argoproj.io/v1alpha1', 'apps/v1')
      .replace('Rollout', 'StatefulSet');
    expect(linesOf(all(stateful, live), 'selector')).toEqual(['broken bakery → nothing']);
  });
});

test('the Pods of a DeploymentConfig have its name as a label', () => {
  const config = (apiVersion: string): string => `
apiVersion: ${apiVersion}
kind: DeploymentConfig
metadata: { name: bakery, namespace: harbour }
spec: { ${template()} }
`;
  const exposed = service('bakery').replace('app: bakery', 'deploymentconfig: bakery');
  for (const apiVersion of ['apps.openshift.io/v1', 'v1']) {
    expect(linesOf(all(config(apiVersion), exposed), 'target-port')).toEqual([
      'whole http → DeploymentConfig/bakery:80',
    ]);
  }
});

test.each([
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: bakery }\nspec: { source: { path: . } }',
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: bakery }\nspec: { values: { port: 80 } }',
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: bakery }\nspec: { path: . }',
  'apiVersion: eventing.knative.dev/v1\nkind: Trigger\nmetadata: { name: bakery }\nspec: { subscriber: { ref: { kind: Service, name: oven } } }',
])('objects that say nothing of ports pass by: %s', (yaml) => {
  const { model, backends, chains } = graphOf(yaml);
  expect([model.others.length, backends.length, chains.length]).toEqual([1, 0, 0]);
});
