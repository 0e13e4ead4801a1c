import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
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

const local = (type: string): string => `
apiVersion: v1
kind: Service
metadata: { name: quay, namespace: harbour }
spec:
  type: ${type}
  externalTrafficPolicy: Local
  healthCheckNodePort: 30099
  selector: { app: quay }
  ports: [{ port: 80 }]
`;

testRule(rule, {
  accepts: {
    'exercises of one folder, some of which define one object anew': {
      'lab/one.yaml': service('pier', '- { port: 80, nodePort: 30080 }'),
      'lab/two.yaml': service('quay', '- { port: 80, nodePort: 30080 }'),
      'lab/three.yaml': service('mole', '- { port: 80 }'),
      'lab/four.yaml': service('mole', '- { port: 81 }'),
    },
    'a lesson beside lessons that define one object anew': {
      'one/mole.yaml': `${service('mole', '- { port: 80 }')}---${service('pier', '- { port: 80, nodePort: 30080 }')}`,
      'two/mole.yaml': `${service('mole', '- { port: 81 }')}---${service('buoy', '- { port: 80, nodePort: 30080 }')}`,
      'three/quay.yaml': service('quay', '- { port: 80, nodePort: 30080 }'),
    },
    'S-085 one explicit and one unset nodePort of one port': service(
      'pier',
      '- { name: a, port: 53, nodePort: 30053 }\n    - { name: b, port: 53, protocol: UDP }',
    ),
    'S-087 a LoadBalancer that has none': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80 }', 'LoadBalancer')}`,
    'S-088 a healthCheckNodePort of another number': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${local('LoadBalancer')}`,
    'S-088 only a LoadBalancer has a healthCheckNodePort': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${local('NodePort').replace('30099', '30080')}`,
    'D20 two numbers': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80, nodePort: 30081 }')}`,
    'S-084 TCP and UDP of one Service port share a number': service(
      'pier',
      '- { name: a, port: 53, nodePort: 30053 }\n    - { name: b, port: 53, nodePort: 30053, protocol: UDP }',
    ),
  },
  rejects: {
    'two files of one folder': {
      'app/one.yaml': service('pier', '- { port: 80, nodePort: 30080 }'),
      'app/two.yaml': service('quay', '- { port: 80, nodePort: 30080 } # error: node-port-conflict'),
    },
    'what lies above the lessons is there with each': {
      'base.yaml': service('pier', '- { port: 80, nodePort: 30080 }'),
      'one/mole.yaml': `${service('mole', '- { port: 80 }')}---${service('quay', '- { port: 80, nodePort: 30080 } # error: node-port-conflict')}`,
      'two/mole.yaml': service('mole', '- { port: 81 }'),
    },
    'S-087 a LoadBalancer has nodePorts, too': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80, nodePort: 30080 } # error: node-port-conflict', 'LoadBalancer')}`,
    'S-088 D20 the healthCheckNodePort of another Service': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${local('LoadBalancer').replace('30099', '30080 # error: node-port-conflict')}`,
    'S-083 D20 two Services': `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80, nodePort: 30080 } # error: node-port-conflict')}`,
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

test('S-086 the numbers to choose from are those that Kubernetes gives to nobody by itself', () => {
  const both = `${service('pier', '- { port: 80, nodePort: 30080 }')}---${service('quay', '- { port: 80, nodePort: 30080 }')}`;
  expect(findingsOf(rule, sourcesOf(both)).flatMap(({ help }) => help)).toEqual([
    'choose another number from 30000 to 30085, a range that is kept free for such requests, or leave nodePort out',
  ]);
});
