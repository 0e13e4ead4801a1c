import { testRule } from '../testing/test-rule.ts';
import rule from './misdirected-selector.ts';

const service = (selector: string, target = '8888', name = 'bakery'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: ${selector}
  ports: [{ port: 80, targetPort: ${target} }]
`;
const deployment = (name: string, ports: string, image = 'example/oven'): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: oven, image: ${image}, ports: ${ports} }] }
`;
const MILL = deployment('mill', '[{ containerPort: 8761 }]');
const BAKERY = deployment('bakery', '[{ name: web, containerPort: 8888 }]');
const WRONG = '{ app: mill } # warning: misdirected-selector';

testRule(rule, {
  accepts: {
    'it selects the workload of its name': service('{ app: bakery }') + MILL + BAKERY,
    'the Pods have the port': service('{ app: mill }', '8761') + MILL + BAKERY,
    'the process of the Pods has it':
      service('{ app: mill }', '80') +
      deployment('mill', '[]', 'nginx') +
      deployment('bakery', '[{ containerPort: 80 }]'),
    'neither has the port': service('{ app: mill }', '9999') + MILL + BAKERY,
    'no workload has its name': service('{ app: mill }', '8888', 'front') + MILL + BAKERY,
    'both are selected':
      service('{ tier: web }') + (MILL + BAKERY).replaceAll('labels: {', 'labels: { tier: web,'),
  },
  rejects: {
    'a copied Service': service(WRONG) + MILL + BAKERY,
    'a copied Service with a name for its port': service(WRONG, 'web') + MILL + BAKERY,
    'a copied Service with a suffix': service(WRONG, '8888', 'bakery-service') + MILL + BAKERY,
    'the process has the port': service(WRONG, '80') + MILL + deployment('bakery', '[]', 'nginx'),
  },
});
