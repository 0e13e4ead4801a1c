import { testRule } from '../testing/test-rule.ts';
import rule from './node-port-conflict.ts';

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
    'two numbers': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80, nodePort: 30081 }')}`,
    'S-084 TCP and UDP of one Service port share a number': service(
      'pier',
      '- { name: a, port: 53, nodePort: 30053 }\n    - { name: b, port: 53, nodePort: 30053, protocol: UDP }',
    ),
  },
  rejects: {
    'S-083 two Services': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80, nodePort: 30080 } # error: node-port-conflict')}`,
    'S-083 whatever the protocol': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80, protocol: UDP, nodePort: 30080 } # error: node-port-conflict')}`,
    'S-017 twice in one Service': service(
      'pier',
      '- { name: a, port: 80, nodePort: 30080 }\n    - { name: b, port: 81, nodePort: 30080 } # error: node-port-conflict',
    ),
    'S-084 two ports of one Service, two protocols': service(
      'pier',
      '- { name: a, port: 53, nodePort: 30053 }\n    - { name: b, port: 54, nodePort: 30053, protocol: UDP } # error: node-port-conflict',
    ),
  },
});
