import { testRule } from '../testing/test-rule.ts';
import rule from './no-replicas.ts';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: bakery }
spec: { selector: { app: bakery }, ports: [{ port: 80 }] }
`;
const workload = (replicas: string, name = 'bakery', app = 'bakery'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
${replicas}  selector: { matchLabels: { app: ${app}, name: ${name} } }
  template:
    metadata: { labels: { app: ${app}, name: ${name} } }
    spec: { containers: [{ name: oven, image: example/oven }] }
`;
const NONE = '  replicas: 0 # info: no-replicas\n';

testRule(rule, {
  accepts: {
    'one replica': [SERVICE, workload('  replicas: 1\n')].join('---'),
    'the default is one': [SERVICE, workload('')].join('---'),
    'another workload of the Service has Pods': [
      SERVICE,
      workload('  replicas: 0\n'),
      workload('', 'other'),
    ].join('---'),
    'no Service sends traffic to it': workload('  replicas: 0\n'),
    'KEDA starts it when traffic comes': [
      SERVICE,
      workload('  replicas: 0\n'),
      '\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: bakery }\nspec: { scaleTargetRef: { name: bakery } }\n',
    ].join('---'),
  },
  rejects: {
    'the only workload': [SERVICE, workload(NONE)].join('---'),
    'every workload, told once': [SERVICE, workload(NONE), workload('  replicas: 0\n', 'other')].join('---'),
  },
});
