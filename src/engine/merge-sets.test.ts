import { expect, test } from 'vitest';
import { reportOf } from '../testing/report-of.ts';

const base = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: bakery }
spec:
  parentRefs: [{ name: gate }]
  rules: [{ backendRefs: [{ name: bread, port: 80 }, { name: cake, port: 81 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: bread }
spec: { selector: { app: bread }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cake }
spec: { selector: { app: cake }, ports: [{ port: 80 }] }
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: oven }\ndata: { A: b }\n';

test('S-155 two backends of one way in are two chains in every set', () => {
  const { chains, sets } = reportOf({
    'base/app.yaml': base,
    'base/dev/oven.yaml': settings,
    'base/prod/oven.yaml': settings,
  });
  expect(sets.length).toBe(2);
  expect(chains.filter(({ entry }) => entry.kind === 'gateway').map(({ state }) => state)).toEqual([
    'unproved',
    'broken',
  ]);
});
