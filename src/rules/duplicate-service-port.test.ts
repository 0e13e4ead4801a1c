import { testRule } from '../testing/test-rule.ts';
import rule from './duplicate-service-port.ts';

const service = (...ports: string[]): string => `
apiVersion: v1
kind: Service
metadata: { name: quay, namespace: harbour }
spec:
  type: NodePort
  selector: { app: quay }
  ports:
${ports.map((port) => `    - ${port}`).join('\n')}
`;

testRule(rule, {
  accepts: {
    'S-016 one number for TCP and UDP': service(
      '{ name: a, port: 53 }',
      '{ name: b, port: 53, protocol: UDP }',
    ),
    'S-016 one targetPort for two ports': service(
      '{ name: a, port: 80, targetPort: 8080 }',
      '{ name: b, port: 81, targetPort: 8080 }',
    ),
    'S-017 one nodePort twice is the concern of node-port-conflict': service(
      '{ name: a, port: 80, nodePort: 30080 }',
      '{ name: b, port: 81, nodePort: 30080 }',
    ),
    'S-015 two ports without a name are another mistake': service('{ port: 80 }', '{ name: "", port: 81 }'),
  },
  rejects: {
    'S-016, S-012 a protocol that is left out is TCP': service(
      '{ name: a, port: 80 }',
      '{ name: b, port: 80, protocol: TCP } # error: duplicate-service-port',
    ),
    'S-015 one name twice': service(
      '{ name: dns, port: 53 }',
      '{ name: dns, port: 53, protocol: UDP } # error: duplicate-service-port',
    ),
    'S-016 an entry written twice is one mistake': service(
      '{ name: a, port: 80 }',
      '{ name: a, port: 80 } # error: duplicate-service-port',
    ),
    'S-016 three times': service(
      '{ name: a, port: 80 }',
      '{ name: b, port: 80 } # error: duplicate-service-port',
      '{ name: c, port: 80 } # error: duplicate-service-port',
    ),
  },
});
