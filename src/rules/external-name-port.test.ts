import { testRule } from '../testing/test-rule.ts';
import rule from './external-name-port.ts';

const service = (spec: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ferry, namespace: harbour }
spec:
  type: ExternalName
  ${spec}
`;

testRule(rule, {
  accepts: {
    'S-023 no ports at all': service('externalName: ferry.example.com'),
    'S-047 port and targetPort are the same': service(
      'externalName: ferry.example.com\n  ports: [{ port: 443, targetPort: 443 }]',
    ),
  },
  rejects: {
    'S-047 a targetPort that nothing follows': service(
      'externalName: ferry.example.com\n  ports: [{ port: 80, targetPort: 8080 }] # warning: external-name-port',
    ),
    'S-023 a port in the name': service('externalName: ferry.example.com:8080 # error: external-name-port'),
  },
});
