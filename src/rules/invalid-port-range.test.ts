import { testRule } from '../testing/test-rule.ts';
import rule from './invalid-port-range.ts';

const policy = (port: string, direction = 'ingress'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ferry, namespace: harbour }
spec:
  podSelector: { matchLabels: { app: ferry } }
  ${direction}:
    - ports:
        - ${port}
`;

testRule(rule, {
  accepts: {
    'S-180 a range': policy('{ port: 32000, endPort: 32768 }'),
    'S-180 a range of one port': policy('{ port: 8080, endPort: 8080 }'),
    'no range': policy('{ port: 8080 }'),
    'an end that is no port is the concern of port-out-of-range': policy('{ port: 8080, endPort: 99999 }'),
    'a beginning to be filled in': policy('{ port: "${PORT}", endPort: 90 }'),
    'a misfit beginning is the concern of port-out-of-range': policy('{ port: 99999, endPort: 90 }'),
  },
  rejects: {
    'S-180 it begins with a name': policy('{ port: http, endPort: 90 } # error: invalid-port-range'),
    'S-180 it has no beginning': policy('{ endPort: 90 } # error: invalid-port-range'),
    'S-180 it ends before it begins': policy('{ port: 8080, endPort: 8000 } # error: invalid-port-range'),
    'S-180 in egress': policy('{ port: 8080, endPort: 8000 } # error: invalid-port-range', 'egress'),
  },
});
