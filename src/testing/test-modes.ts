import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { allRules } from '../rules/index.ts';
import { sourcesOf } from './test-rule.ts';

/**
 * One mistake of each known kind, told by the rule that is meant to, and the same manifests without it. Rules have
 * tables of their own: here all of them run, so that no mistake is told by none of them.
 */
export interface Mode {
  readonly rule: string;
  readonly broken: string;
  readonly fixed: string;
}

export const all = (...documents: string[]): string => documents.join('---');
export const service = (spec: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour ${more} }
spec: { ${spec} }
`;
export const pods = (container: string, spec = '', labels = 'app: pier'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: pier, namespace: harbour }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec:
      ${spec}
      containers: [{ name: pier, ${container} }]
`;
export const ingress = (
  backend: string,
  more: { spec?: string; path?: string; annotations?: string } = {},
): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour, annotations: { ${more.annotations ?? ''} } }
spec:
  ${more.spec ?? ''}
  rules: [{ host: pier.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { ${backend} } } } ${more.path ?? ''}] } }]
`;
export const ingressClass = (controller: string, name = 'outside'): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name} }
spec: { controller: ${controller} }
`;
export const outside: { spec: string } = { spec: 'ingressClassName: outside' };
export const nginx: string = 'image: nginx:1.27';
export const selects: string = 'selector: { app: pier }';
export const web: string = `${selects}, ports: [{ name: web, port: 80, targetPort: 80 }]`;
export const declares = (port: string): string => `${nginx}, ports: [${port}]`;
export const endpoints = (name: string): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: pier-1, namespace: harbour, labels: { kubernetes.io/service-name: pier } }
addressType: IPv4
ports: [{ name: ${name}, port: 9376 }]
endpoints: [{ addresses: [10.1.2.3] }]
`;
export const daemon = (name: string, port: string): string =>
  pods(declares(port)).replace('kind: Deployment', 'kind: DaemonSet').replaceAll('pier', name);

/** Holds every mode to being told once, by the rule that is meant to, and not at all where it is mended. */
export function testModes(modes: Readonly<Record<string, Mode>>): void {
  describe.each(Object.entries(modes))('%s', (_, { rule, broken, fixed }) => {
    const told = (manifests: string): string[] =>
      check(sourcesOf(manifests), { rules: allRules }).sets.flatMap(({ findings }) =>
        findings
          .filter(({ severity, rule: by }) => severity === 'error' || by === rule)
          .map(({ rule: by }) => by),
      );

    test('is told once, by one rule', () => expect(told(broken)).toEqual([rule]));
    test('is not told where it is mended', () => expect(told(fixed)).toEqual([]));
  });
}
