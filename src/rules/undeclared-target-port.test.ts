import { testRule } from '../testing/test-rule.ts';
import rule from './undeclared-target-port.ts';

const service = (port: string): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  selector: { app: pier }
  ports:
    - ${port}
`;
const workload = (
  ports: string,
  { image = 'ghcr.io/example/pier', name = 'pier', init = '[]' } = {},
): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: pier } }
    spec:
      containers: [{ name: main, image: "${image}", ports: ${ports} }]
      initContainers: ${init}
`;
const to3000 = service('{ port: 80, targetPort: 3000 }');
const expecting = service('{ port: 80, targetPort: 3000 } # info: undeclared-target-port');
const declares8080 = workload('[{ containerPort: 8080 }]');

testRule(rule, {
  accepts: {
    'S-026 the number is declared': `${to3000}---${workload('[{ containerPort: 3000 }]')}`,
    'S-026 nothing is declared': `${to3000}---${workload('[]')}`,
    'S-026 the process is known to listen there': `${to3000}---${workload('[{ containerPort: 8080 }]', { image: 'grafana/grafana:11.0.0' })}`,
    'the process is known to listen elsewhere, which is another mistake': `${to3000}---${workload('[{ containerPort: 8080 }]', { image: 'nginx:1.27' })}`,
    'S-030 a name is another mistake': `${service('{ port: 80, targetPort: http }')}---${declares8080}`,
    'S-013 a targetPort that is left out is another mistake': `${service('{ port: 3000 }')}---${declares8080}---${service('{ port: 3000, targetPort: 0 }')}`,
    'another workload declares it, which is another mistake': `${to3000}---${declares8080}---${workload('[{ containerPort: 3000 }]', { name: 'crane' })}`,
    'an init container has ended by then': `${to3000}---${workload('[]', { init: '[{ name: a, ports: [{ containerPort: 1 }] }]' })}`,
  },
  rejects: {
    'S-026 another number is declared': `${expecting}---${declares8080}`,
    'S-012 the number is declared for another protocol': `${service('{ port: 80, targetPort: 3000 } # warning: undeclared-target-port')}---${workload('[{ containerPort: 3000, protocol: UDP }]')}`,
    'S-012 and the Service says its own': `${service('{ port: 80, targetPort: 3000, protocol: UDP } # warning: undeclared-target-port')}---${workload('[{ containerPort: 3000 }]')}`,
    'a Service that carries both, and one of them is declared': `${service('{ name: a, port: 53, targetPort: 3000 } # info: undeclared-target-port\n    - { name: b, port: 53, targetPort: 3000, protocol: UDP }')}---${workload('[{ containerPort: 3000, protocol: UDP }]')}`,
    'S-026 many others are': `${expecting}---${workload('[{ containerPort: 1 }, { containerPort: 2 }, { containerPort: 3 }, { containerPort: 4 }, { containerPort: 5 }]')}`,
  },
});
