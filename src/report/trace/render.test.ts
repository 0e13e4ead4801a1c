import { expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';
import { plainStyle } from '../text/style.ts';
import { renderTrace } from './render.ts';
import { selectChains } from './select.ts';
import { parseTarget } from './target.ts';

const deployment = (name: string, port: number): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: shop, color: ${name} } }
  template:
    metadata: { labels: { app: shop, color: ${name} } }
    spec: { containers: [{ name: web, image: nginx, ports: [{ name: http, containerPort: ${port} }] }] }
`;

const SHOP = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: shop, port: { number: 80 } } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }
`;

/** The trace without places and reasons, which other tests hold. */
function traced(target: string, ...workloads: string[]): string[] {
  const report = reportOf({ 'a.yaml': [SHOP, ...workloads].join('---') });
  const text = renderTrace(report, selectChains(report, parseTarget(target)!, undefined), plainStyle);
  return text
    .split('\n')
    .filter((line) => !/\((?:declared|inferred)\)$/.test(line))
    .map((line) => line.replace(/ {2,}a\.yaml.*/, ''));
}

const BRANCHES = [
  '  Service shop/shop',
  '  ├─ Deployment shop/blue',
  '  │  │ ✓ selector   labels',
  '  │  │              → Deployment shop/blue',
  '  │  │ ✓ targetPort http',
  '  │  │              → http 80 of container web',
  '  │  Deployment shop/blue',
  '  │  │ ✓ process    http 80',
  '  │  │              → 80 of container web',
  '  └─ Deployment shop/green',
  '     │ ✓ selector   labels',
  '     │              → Deployment shop/green',
  '     │ ✓ targetPort http',
  '     │              → http 8080 of container web',
  '     Deployment shop/green',
  '     │ ✗ process    http 8080',
  '     │              ↛ 80 of container web',
];

test('two workloads behind one Service are two branches, and one that breaks leaves the other', () => {
  const lines = traced('shop.example.com', deployment('blue', 80), deployment('green', 8080));
  expect(lines.slice(2, 6)).toEqual([
    '  Internet',
    '  Ingress shop/shop',
    '  │ ✓ backend    80',
    '  │              → 80',
  ]);
  expect(lines.slice(6, 6 + BRANCHES.length)).toEqual(BRANCHES);
});

test('from a Service inwards, too', () => {
  const lines = traced('svc/shop', deployment('blue', 80), deployment('green', 8080));
  expect(lines.slice(2, 2 + BRANCHES.length)).toEqual(BRANCHES);
});

test('every broken branch is explained', () => {
  const lines = traced('svc/shop', deployment('blue', 81), deployment('green', 82));
  const told = lines.flatMap((line, at) => (line.includes('error[') ? `${line}${lines[at + 1]}` : []));
  expect(told).toEqual([
    expect.stringContaining('Deployment `shop/blue`'),
    expect.stringContaining('Deployment `shop/green`'),
  ]);
});

test('one workload needs no branch', () => {
  expect(traced('svc/shop', deployment('blue', 80)).slice(2)).toEqual([
    '  Service shop/shop',
    '  │ ✓ selector   labels',
    '  │              → Deployment shop/blue',
    '  │ ✓ targetPort http',
    '  │              → http 80 of container web',
    '  Deployment shop/blue',
    '  │ ✓ process    http 80',
    '  │              → 80 of container web',
    '',
    '  ✓ whole: every link holds',
    '',
  ]);
});
