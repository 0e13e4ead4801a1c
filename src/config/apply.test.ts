import { expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { endsOf } from '../graph/links/ends.ts';
import { linksOf } from '../graph/links/port-graph.ts';
import { allRules } from '../rules/index.ts';
import { apply } from './apply.ts';
import { readConfig } from './read.ts';

const applied = (text: string) => {
  const source = { path: 'portolan.config.yaml', text, kind: 'file', editable: true } as const;
  const { config, root, errors } = readConfig(source);
  if (!config) throw new Error(errors.map(({ message }) => message).join());
  return apply(config, root, source);
};

/** Links of one kind and all findings of manifests that are checked with a configuration. */
function run(config: string, manifests: string, kind: string): { links: string[]; findings: string[] } {
  const { sets } = check([{ path: 'app.yaml', text: manifests, kind: 'file', editable: true }], {
    rules: allRules,
    ...applied(config),
  });
  return {
    links: sets
      .flatMap(({ graph }) => linksOf(graph))
      .filter((link) => link.kind === kind)
      .map((link) => {
        const { to } = endsOf(link);
        return `${link.state} ${to?.resource.name ?? 'nothing'}${to?.port?.number ? `:${to.port.number}` : ''}`;
      }),
    findings: sets.flatMap(({ findings }) => findings.map(({ rule, severity }) => `${severity} ${rule}`)),
  };
}

const shop = (targetPort: number, env = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: ${targetPort} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: "registry.acme.dev/shop:3", env: [${env}] }] }
`;

const IMAGE = 'images: [{ match: registry.acme.dev/shop, ports: [{ port: 9000, env: [TILL_PORT] }] }]';

test('an image that a configuration knows proves its links', () => {
  expect(run('', shop(9000), 'bind').links).toEqual(['unproved nothing']);
  expect(run(IMAGE, shop(9000), 'bind').links).toEqual(['whole shop:9000']);
  expect(run(IMAGE, shop(8000), 'bind').links).toEqual(['broken shop:9000']);
  expect(run(IMAGE, shop(8000, '{ name: TILL_PORT, value: "8000" }'), 'bind').links).toEqual([
    'whole shop:8000',
  ]);
  expect(run(IMAGE, shop(8000), 'bind').findings).toContain('error unbound-target-port');
});

test('a configuration overrides what is known of an image', () => {
  const { settings } = applied('images: [{ match: [nginx], ports: [8080] }]');
  expect(settings.facts('nginx:1.27')?.ports.map(({ port }) => port)).toEqual([8080]);
  expect(settings.facts('httpd')?.ports.map(({ port }) => port)).toEqual([80]);
});

const gate = (service: string, port: string, spec = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: shop }
spec:
  ${spec}
  defaultBackend: { service: { name: ${service}, port: ${port} } }
---
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: shop }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: 8080 }] }
`;

test('a Service that lives outside the input is followed to the port that the configuration gives it', () => {
  const outside = 'services: [{ name: legacy, namespace: shop, ports: [8443, { name: http, port: 80 }] }]';
  expect(run('', gate('legacy', '{ number: 80 }'), 'backend').links).toEqual(['broken nothing']);
  expect(run(outside, gate('legacy', '{ number: 80 }'), 'backend').links).toEqual(['whole legacy:80']);
  expect(run(outside, gate('legacy', '{ name: http }'), 'backend').links).toEqual(['whole legacy:80']);
  expect(run(outside, gate('legacy', '{ number: 81 }'), 'backend')).toMatchObject({
    links: ['broken legacy'],
    findings: expect.arrayContaining(['error undefined-backend-port']),
  });
  expect(run(outside, gate('legacy', '{ number: 80 }'), 'backend').findings).not.toContain(
    'warning orphaned-service',
  );
});

test('a Service outside without ports proves nothing', () => {
  for (const name of ['legacy', '"*"']) {
    const outside = `services: [{ name: ${name}, namespace: shop }]`;
    expect(run(outside, gate('legacy', '{ number: 80 }'), 'backend').links).toEqual(['unproved nothing']);
  }
  expect(
    run('services: [{ name: "*", namespace: other }]', gate('legacy', '{ number: 80 }'), 'backend').links,
  ).toEqual(['broken nothing']);
});

test('S-122 a class is served by the controller that the configuration names', () => {
  const manifests = gate('pier', '{ number: 8080 }', 'ingressClassName: public');
  expect(run('', manifests, 'backend').links).toEqual(['unproved pier']);
  expect(run('controllers: { public: ingress-nginx }', manifests, 'backend').links).toEqual([
    'whole pier:80',
  ]);
});

test('S-082 the range of nodePorts is the one that the configuration gives', () => {
  const node = `
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { type: NodePort, selector: { app: pier }, ports: [{ port: 80, nodePort: 8080 }] }
`;
  expect(run('', node, 'host').links).toEqual(['broken pier:80']);
  expect(run('nodePorts: 1-32767', node, 'host').links).toEqual(['whole pier:80']);
});

const tunnel = (port: string): string => `
apiVersion: acme.dev/v1
kind: Tunnel
metadata: { name: tunnel, namespace: shop }
spec:
  routes:
    - hostname: shop.example.com
      backend: { name: pier, port: ${port} }
---
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: shop }
spec: { selector: { app: pier }, ports: [{ name: web, port: 80, targetPort: 8080 }] }
`;

const TUNNEL =
  'kinds: [{ kind: Tunnel, group: acme.dev, at: "spec.routes[]", service: backend.name, port: backend.port, host: hostname }]';

test('a declared kind sends traffic to the Service port that its fields name', () => {
  expect(run('', tunnel('80'), 'backend').links).toEqual([]);
  expect(run(TUNNEL, tunnel('80'), 'backend').links).toEqual(['whole pier:80']);
  expect(run(TUNNEL, tunnel('web'), 'backend').links).toEqual(['whole pier:80']);
  expect(run(TUNNEL, tunnel('8080'), 'backend')).toMatchObject({
    links: ['broken pier'],
    findings: expect.arrayContaining(['error undefined-backend-port']),
  });
});
