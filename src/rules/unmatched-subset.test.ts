import { testRule } from '../testing/test-rule.ts';
import rule from './unmatched-subset.ts';

const manifests = (labels: string, subset: string, mark = '', host = 'bakery'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bakery, namespace: harbour }
spec:
  hosts: [bakery]
  http: [{ route: [{ destination: { host: ${host}, subset: rye } }] }] ${mark}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: bakery, namespace: harbour }
spec: { host: bakery, subsets: [{ name: rye, labels: ${subset} }] }
---
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: oven, image: example/oven }] }
`;
const MARK = '# warning: unmatched-subset';

testRule(rule, {
  accepts: {
    'the Pods have the labels': manifests('{ app: bakery, version: rye }', '{ version: rye }'),
    'the subset asks for nothing': manifests('{ app: bakery }', '{}'),
    'the value is filled in later': manifests('{ app: bakery, version: rye }', '{ version: "${VERSION}" }'),
    'the Service selects no Pods of the input': manifests('{ app: mill }', '{ version: rye }'),
  },
  rejects: {
    'IST0173 another version': manifests('{ app: bakery, version: oat }', '{ version: rye }', MARK),
    'IST0173 no such label': manifests('{ app: bakery }', '{ version: rye }', MARK),
    'IST0173 by the full name': manifests(
      '{ app: bakery }',
      '{ version: rye }',
      MARK,
      'bakery.harbour.svc.cluster.local',
    ),
  },
});
