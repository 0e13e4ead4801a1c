import { describe, expect, test } from 'vitest';
import { check } from '../../engine/check.ts';
import { toReport } from '../../engine/to-report.ts';
import { DEFAULT_SETTINGS } from '../../graph/links/settings.ts';
import type { Observation, Seen, Subject } from '../../model/observation.ts';
import { allRules } from '../../rules/index.ts';
import { sourcesOf } from '../../testing/test-rule.ts';

const yaml = ({ targetPort = '3005', containerPort = 3005, className = 'nginx' } = {}): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: ${targetPort} }] }
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
        - { name: api, image: mycorp/api, ports: [{ name: http, containerPort: ${containerPort} }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: ${className}
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

const DEPLOYMENT: Subject = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const INGRESS: Subject = { kind: 'Ingress', namespace: 'shop', name: 'web' };
const seen = (subject: Subject, what: Seen): Observation => ({ subject, at: '2026-11-29T12:00:00Z', what });
const listening = (address: string, port: number): Observation =>
  seen(DEPLOYMENT, { kind: 'sockets', all: ['TCP', 'UDP'], listening: [{ address, port, protocol: 'TCP' }] });
const byController = (
  status: number,
  { port = 80, by = 'controller' as 'controller' | 'application' } = {},
): Observation =>
  seen(INGRESS, {
    kind: 'connection',
    dialled: 'controller',
    port,
    protocol: 'TCP',
    host: 'shop.example.com',
    path: '/',
    answer: { kind: 'http', status, by },
  });

/** Who is wrong, and how. */
function wrong(text: string, ...observations: Observation[]): string[] {
  const result = check(sourcesOf({ 'app.yaml': text }), {
    rules: allRules,
    settings: { ...DEFAULT_SETTINGS, observations },
  });
  return toReport(result, { version: '0' }).links.flatMap(({ witnesses = [] }) =>
    witnesses
      .filter(({ verdict }) => verdict !== 'right')
      .map(({ who, says, verdict }) => `${verdict}: ${who} ${says}`),
  );
}

describe('who is wrong about a port', () => {
  test('nobody, where all agree, or where nobody looked', () => {
    expect(wrong(yaml(), listening('0.0.0.0', 3005))).toEqual([]);
    expect(wrong(yaml({ targetPort: '80' }))).toEqual([]);
  });

  test('a containerPort that nothing refers to, and nothing comes of it', () =>
    expect(wrong(yaml({ targetPort: '80' }), listening('::', 80))).toEqual(['harmless: containerPort 3005']));

  test('the targetPort, and beside it a containerPort', () =>
    expect(wrong(yaml(), listening('::', 80))).toEqual([
      'cause: targetPort 3005',
      'harmless: containerPort 3005',
    ]));

  test('the containerPort, where the targetPort goes by its name', () =>
    expect(wrong(yaml({ targetPort: 'http' }), listening('::', 80))).toEqual(['cause: containerPort 3005']));

  test('a name that no port has', () =>
    expect(wrong(yaml({ targetPort: 'htpt' }), listening('::', 3005))).toEqual(['cause: targetPort htpt']));

  test('the address that the process binds', () =>
    expect(wrong(yaml(), listening('127.0.0.1', 3005))).toEqual(['cause: socket 127.0.0.1:3005']));
});

describe('whose route it is', () => {
  const classes = `---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: traefik }
spec: { controller: traefik.io/ingress-controller }
`;

  test('a controller that knows no such route makes the class doubtful, and wrong where no IngressClass has the name', () => {
    expect(wrong(yaml(), byController(404))).toEqual(['suspect: ingressClassName nginx']);
    expect(wrong(yaml() + classes, byController(404))).toEqual(['cause: ingressClassName nginx']);
    expect(wrong(yaml({ className: 'traefik' }) + classes, byController(404))).toEqual([
      'suspect: ingressClassName traefik',
    ]);
  });

  test('a controller that serves the class at another port is doubtful itself', () => {
    const served =
      'suspect: controller it has no such route at port 443 (404), and serves the class at port 80';
    const https = byController(404, { port: 443 });
    expect(wrong(yaml(), byController(200, { by: 'application' }), https)).toEqual([served]);
    // Who has the route and reaches nobody behind it serves it, too.
    expect(wrong(yaml(), byController(502), https)).toEqual([served]);
  });

  test('a controller that reaches nobody says nothing of the class', () =>
    expect(wrong(yaml(), byController(502))).toEqual([]));
});

describe('a policy that lets nothing in', () => {
  const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: none, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
  const fromPod = (kind: 'tcp' | 'timeout'): Observation =>
    seen(DEPLOYMENT, {
      kind: 'connection',
      dialled: 'pod',
      from: 'pod',
      port: 3005,
      protocol: 'TCP',
      answer: { kind },
    });
  const told = (...observations: Observation[]) => {
    const result = check(sourcesOf({ 'app.yaml': yaml() + policy }), {
      rules: allRules,
      settings: { ...DEFAULT_SETTINGS, observations },
    });
    const report = toReport(result, { version: '0' });
    const finding = report.findings.find(({ rule }) => rule === 'blocked-port');
    return {
      bind: report.links.find(({ kind }) => kind === 'bind')?.state,
      stops: finding?.stopsTraffic,
      note: finding?.notes.at(-1),
    };
  };

  test('is not enforced where another Pod is answered', () =>
    expect(told(listening('::', 3005), fromPod('tcp'))).toEqual({
      bind: 'whole',
      stops: false,
      note: "a connection from another Pod to port 3005 of the Pod's address was taken: the network of this cluster does not enforce NetworkPolicies",
    }));

  test('keeps another Pod out, which tells nothing of the process', () =>
    expect(told(listening('::', 3005), fromPod('timeout'))).toMatchObject({ bind: 'whole', stops: true }));
});
