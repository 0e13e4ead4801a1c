import { testRule } from '../testing/test-rule.ts';
import rule from './endpoint-port-mismatch.ts';

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
    'S-049 the names are equal, the numbers need not be': `${service('{ name: https, port: 443 }')}---${slice('{ name: https, port: 8443 }')}`,
    'S-049 no name on both sides': `${service('{ port: 443 }')}---${slice('{ port: 8443 }')}`,
    'S-052 Endpoints of the same name': `${service('{ name: pg, port: 5432 }')}---
apiVersion: v1
kind: Endpoints
metadata: { name: archive, namespace: harbour }
subsets: [{ addresses: [{ ip: 192.0.2.10 }], ports: [{ name: pg, port: 5432 }] }]
`,
    'a program fills the endpoints while it runs': `${service('{ name: pg, port: 5432 }')}---
apiVersion: v1
kind: Endpoints
metadata: { name: archive, namespace: harbour }
subsets: []
`,
    'S-034 another slice carries the port': `${service('{ name: https, port: 443 }')}---${slice('{ name: metrics, port: 9100 }')}---${slice('{ name: https, port: 8443 }').replace('archive-1', 'archive-2')}`,
  },
  rejects: {
    'S-049 the slice has no name': `${service('{ name: https, port: 443 } # error: endpoint-port-mismatch')}---${slice('{ port: 8443 }')}`,
    'S-049 the protocols differ': `${service('{ name: dns, port: 53, protocol: UDP } # error: endpoint-port-mismatch')}---${slice('{ name: dns, port: 53 }')}`,
    'S-049 the names differ': `${service('{ name: https, port: 443 } # error: endpoint-port-mismatch')}---${slice('{ name: http, port: 8443 }')}`,
    'S-050 a port without a number': `${service('{ name: https, port: 443 } # error: endpoint-port-mismatch')}---${slice('{ name: https }')}`,
  },
});
