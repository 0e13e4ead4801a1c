import { expect, test } from 'vitest';
import { linesOf } from '../../testing/graph-of.ts';

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

test('a Service is plainly missing only where something of the input was meant', () => {
  const workload = (name: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [] } } }\n`;
  const apart = (name = 'quay', beside = 'crane'): string | undefined => {
    const there = gate.replace('gate', 'mole').replace('pier', name).replace('quay', name);
    return linesOf(`${gate.split('---')[0]}---${there}---\n${workload(beside)}`, 'backend')[0];
  };
  expect(apart()).toBe('unproved 80 → nothing');
  expect(apart('quay', 'pier')).toBe('broken 80 → nothing');
  expect(apart('peir')).toBe('broken 80 → nothing');
  expect(apart('pier-service')).toBe('broken 80 → nothing');
});
