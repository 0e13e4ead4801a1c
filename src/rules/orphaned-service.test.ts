import { testRule } from '../testing/test-rule.ts';
import rule from './orphaned-service.ts';

const service = (ports: string): string => `
apiVersion: v1
kind: Service
metadata: { name: archive, namespace: harbour }
spec:
  ports:
    - ${ports}
`;
const slice = (ports: string): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: archive-1, namespace: harbour, labels: { kubernetes.io/service-name: archive } }
addressType: IPv4
ports:
  - ${ports}
endpoints: [{ addresses: [192.0.2.10] }]
`;

testRule(rule, {
  accepts: {
    'S-048 a slice with the label': `${service('{ port: 443 }')}---${slice('{ port: 8443 }')}`,
    'S-020 a selector': `
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { selector: { app: pier }, ports: [{ port: 80 }] }
`,
    'an operator beside it may fill it': `${service('{ port: 443 }')}---
apiVersion: ceph.rook.io/v1
kind: CephCluster
metadata: { name: archive, namespace: harbour }
`,
    'S-047 an ExternalName needs no endpoints': `
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { type: ExternalName, externalName: pier.example.com }
`,
  },
  rejects: {
    'S-021 no selector, no endpoints': service('{ port: 443 }').replace(
      'name: archive, namespace: harbour }',
      'name: archive, namespace: harbour } # warning: orphaned-service',
    ),
    'S-021 an empty selector': `
apiVersion: v1
kind: Service
metadata: { name: pier } # warning: orphaned-service
spec: { selector: {}, ports: [{ port: 80 }] }
`,
    'S-048 a slice without the label': `${service('{ port: 443 }').replace('name: archive, namespace: harbour }', 'name: archive, namespace: harbour } # warning: orphaned-service')}---${slice('{ port: 8443 }').replace(', labels: { kubernetes.io/service-name: archive }', '')}`,
  },
});
