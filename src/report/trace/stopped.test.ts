import { describe, expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';
import { plainStyle } from '../text/style.ts';
import { renderTrace } from './render.ts';
import { traceTarget } from './trace.ts';

const traced = (target: string, ...manifests: string[]) => {
  const report = reportOf({ 'app.yaml': manifests.join('---') });
  const { traced: ways, isBroken, missing } = traceTarget(report, target);
  return { text: missing ?? renderTrace(report, ways, plainStyle), isBroken };
};

const web = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.27" }] }
`;
const gateway = (listeners = '{ name: web, port: 80, protocol: HTTP }'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: shop }
spec: { gatewayClassName: traefik, listeners: [${listeners}] }
`;
const route = (rules: string, parent = 'name: gate', name = 'web', host = 'shop.example.com'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [{ ${parent} }]
  hostnames: [${host}]
  rules:
    ${rules}
    - backendRefs: [{ name: web, port: 80 }]
`;
const path = (
  value: string,
  more = '',
): string => `- { matches: [{ path: { type: PathPrefix, value: ${value} } }]${more} }
`;

describe('a rule that hands requests to nobody', () => {
  const rules = `${path('/none')}    ${path('/moved', ', filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }]')}    ${path('/own', ', filters: [{ type: ExtensionRef, extensionRef: { group: a.b, kind: Answer, name: a } }]')}`;
  const all = [gateway(), route(rules), web];

  test('stops the request, whatever rules follow', () => {
    const { text, isBroken } = traced('http://shop.example.com/none/x', ...all);
    expect(isBroken).toBe(true);
    expect(text).toContain('✗ broken: the rule has no backend, and nothing that answers');
  });

  test('and no request of another rule', () => {
    const { text, isBroken } = traced('http://shop.example.com/', ...all);
    expect(isBroken).toBe(false);
    expect(text).not.toContain('unforwarded-request');
  });

  test('is whole where it answers by itself', () => {
    const { text, isBroken } = traced('http://shop.example.com/moved', ...all);
    expect(isBroken).toBe(false);
    expect(text).toContain('✓ the route answers by itself, with a redirect');
  });

  test('is unproved where a filter of the implementation may answer', () => {
    const { text, isBroken } = traced('http://shop.example.com/own', ...all);
    expect(isBroken).toBe(false);
    expect(text).toContain('? unproved: the rule has no backend, and an Answer that may answer');
  });

  test('stops nobody who comes without the header that it asks for', () => {
    const asking = route('- { matches: [{ headers: [{ name: a, value: b }] }] }\n');
    expect(traced('http://shop.example.com/', gateway(), asking, web).isBroken).toBe(false);
  });

  test('stops what Istio is told to fail', () => {
    const virtualService = (share: number): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web]
  http:
    - fault: { abort: { percentage: { value: ${share} }, httpStatus: 503 } }
      route: [{ destination: { host: web } }]
`;
    const { text, isBroken } = traced('virtualservice/web', virtualService(100), web);
    expect(text).toContain('not answered');
    expect(isBroken).toBe(true);
    expect(traced('virtualservice/web', virtualService(50), web).isBroken).toBe(false);
  });
});

describe('what is wrong with one listener stops who comes by it alone', () => {
  const listeners = [
    '{ name: one, port: 8000, protocol: HTTP }',
    '{ name: other, port: 8443, protocol: HTTPS, tls: { certificateRefs: [{ name: a, namespace: vault }] } }',
  ].join(', ');
  const traefik = (port: number): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: traefik, namespace: kube-system }
spec:
  selector: { matchLabels: { app: traefik } }
  template:
    metadata: { labels: { app: traefik } }
    spec:
      containers:
        - { name: traefik, image: "traefik:v3.4", args: ["--entryPoints.web.address=:${port}/tcp", "--entryPoints.safe.address=:8443/tcp", "--providers.kubernetesgateway"] }
`;
  const all = (port: number): string[] => [
    gateway(listeners),
    route('', 'name: gate, sectionName: one', 'first'),
    route('', 'name: gate, sectionName: one', 'second', 'second.example.com'),
    route('', 'name: gate, sectionName: other', 'third', 'third.example.com'),
    traefik(port),
    web,
  ];

  test.each([['shop.example.com'], ['second.example.com']])(
    'an entry point that is not opened: %s',
    (host) => {
      const { text, isBroken } = traced(`http://${host}:8000/`, ...all(9000));
      expect(text).toContain('unexposed-listener');
      expect(text).toContain('✗ not answered');
      expect(isBroken).toBe(true);
      expect(traced(`http://${host}:8000/`, ...all(8000)).isBroken).toBe(false);
    },
  );

  test('a certificate that is not granted', () => {
    const { text, isBroken } = traced('https://third.example.com:8443/', ...all(9000));
    expect(text).toContain('missing-certificate-grant');
    expect(text).not.toContain('unexposed-listener');
    expect(isBroken).toBe(true);
  });
});

test('of two backends that lead to nothing, each is told on its own way', () => {
  const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /a, pathType: Prefix, backend: { service: { name: one, port: { number: 80 } } } }
          - { path: /b, pathType: Prefix, backend: { service: { name: other, port: { number: 80 } } } }
`;
  const { text } = traced('http://shop.example.com/a', ingress, web);
  expect(text).toContain('Service `one`');
  expect(text).not.toContain('Service `other`');
});
