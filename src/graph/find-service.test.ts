import { expect, test } from 'vitest';
import { linesOf } from '../testing/graph-of.ts';

const gate = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate }
spec: { defaultBackend: { service: { name: pier, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: quay }
spec: { ports: [{ port: 80 }] }
`;
const beside = (apiVersion: string, kind: string): string =>
  `${gate}---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: pier }\n`;

test('a Service that nothing of the input makes is missing', () => {
  expect(linesOf(gate, 'backend')).toEqual(['broken 80 → nothing']);
  expect(linesOf(beside('cert-manager.io/v1', 'Certificate'), 'backend')).toEqual(['broken 80 → nothing']);
  expect(linesOf(beside('policy/v1', 'PodDisruptionBudget'), 'backend')).toEqual(['broken 80 → nothing']);
});

test('an object of an operator may make it', () => {
  for (const [apiVersion, kind] of [
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['ray.io/v1', 'RayService'],
    ['argoproj.io/v1alpha1', 'Application'],
  ] as const) {
    expect(linesOf(beside(apiVersion, kind), 'backend')).toEqual(['unproved 80 → nothing']);
  }
});
