import { testRule } from '../testing/test-rule.ts';
import rule from './undefined-governing-service.ts';

const set = (serviceName: string, kind = 'StatefulSet'): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ledger, namespace: harbour }
spec:
  ${serviceName}
  template:
    metadata: { labels: { app: ledger } }
    spec: { containers: [{ name: a, image: example.com/ledger }] }
`;
const service = (name: string, spec: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { ${spec} selector: { app: ledger }, ports: [{ port: 5432 }] }
`;
const headless = 'clusterIP: None,';

testRule(rule, {
  accepts: {
    'D18 a name that is nearly right, for a single Pod': `${set('serviceName: ledgr')}---${service('ledger', headless)}`,
    'S-043 D18 a headless Service': `${set('serviceName: ledger')}---${service('ledger', headless)}`,
    'D18 no name at all': `${set('')}---${service('quay', '')}`,
    'D18 an empty name': `${set('serviceName: ""')}---${service('quay', '')}`,
    'D18 no Service of the namespace in the input': set('serviceName: ledger'),
    'D18 a name that is filled in later': `${set('serviceName: "${NAME}"')}---${service('quay', headless)}`,
    'D18 a single Pod that nobody asks for by its own name': `${set('serviceName: archive')}---${service('quay', headless)}`,
    'a Service with a cluster IP, for a single Pod': `${set('serviceName: ledger')}---${service('ledger', '')}`,
    'only a StatefulSet has such names': `${set('serviceName: ledger', 'Deployment')}---${service('quay', '')}`,
  },
  rejects: {
    'D18 another name, for members of one set': `${set('replicas: 3\n  serviceName: ledgr # warning: undefined-governing-service')}---${service('ledger', headless)}`,
    'D18 nothing that is near, for members of one set': `${set('replicas: 3\n  serviceName: archive # warning: undefined-governing-service')}---${service('quay', headless)}`,
    'S-043 D18 a Service with a cluster IP': `${set('replicas: 3\n  serviceName: ledger # info: undefined-governing-service')}---${service('ledger', '')}`,
  },
});
