import { testRule } from '../testing/test-rule.ts';
import rule from './missing-certificate-grant.ts';

const gateway = (ref: string, mark = ''): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  gatewayClassName: example
  listeners:
    - { name: web, port: 443, protocol: HTTPS, tls: { certificateRefs: [${ref}] } } ${mark}
`;
const grant = (to: string, from = 'harbour'): string => `---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: gates, namespace: vault }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: Gateway, namespace: ${from} }]
  to: [${to}]
`;
const FAR = '{ name: cert, namespace: vault }';
const MARK = '# warning: missing-certificate-grant';

testRule(rule, {
  accepts: {
    'its own namespace':
      gateway('{ name: cert }') + gateway('{ name: cert, namespace: harbour }').replace('\n', '---\n'),
    'S-151 a grant for all Secrets': gateway(FAR) + grant('{ group: "", kind: Secret }'),
    'S-151 a grant for this one': gateway(FAR) + grant('{ group: "", kind: Secret, name: cert }'),
    'a Gateway that says no namespace': gateway(FAR).replace(', namespace: harbour', ''),
  },
  rejects: {
    'no grant': gateway(FAR, MARK),
    'S-151 a grant for another Secret':
      gateway(FAR, MARK) + grant('{ group: "", kind: Secret, name: other }'),
    'S-151 a grant for another namespace': gateway(FAR, MARK) + grant('{ group: "", kind: Secret }', 'yard'),
    'S-151 a grant for Services': gateway(FAR, MARK) + grant('{ group: "", kind: Service }'),
  },
});
