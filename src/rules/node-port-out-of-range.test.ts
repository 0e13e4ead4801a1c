import { testRule } from '../testing/test-rule.ts';
import rule from './node-port-out-of-range.ts';

const service = (name: string, ports: string, type = 'NodePort'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec:
  type: ${type}
  selector: { app: ${name} }
  ports:
    ${ports}
`;

testRule(rule, {
  accepts: {
    'S-082 the ends of the range': service(
      'pier',
      '- { name: a, port: 80, nodePort: 30000 }\n    - { name: b, port: 81, nodePort: 32767 }',
    ),
    'S-003 zero means unset': service('pier', '- { port: 80, nodePort: 0 }'),
    'S-018 an ExternalName may hold one': service('pier', '- { port: 80, nodePort: 30080 }', 'ExternalName'),
  },
  rejects: {
    'S-082 below the range': service('pier', '- { port: 80, nodePort: 80 } # error: node-port-out-of-range'),
    'S-082 above it': service('pier', '- { port: 80, nodePort: 32768 } # error: node-port-out-of-range'),
    'S-018 a ClusterIP has none': service(
      'pier',
      '- { port: 80, nodePort: 30080 } # error: node-port-out-of-range',
      'ClusterIP',
    ),
  },
});
