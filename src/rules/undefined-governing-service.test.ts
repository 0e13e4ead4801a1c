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

const peer = (value: string, namespace = 'harbour', mark = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: reader, namespace: ${namespace} }
spec: { containers: [{ name: a, image: example.com/reader, env: [
  { name: STORE, value: "${value}" } ${mark}
] }] }
---`;
const MARK = '# warning: undefined-governing-service\n';

testRule(rule, {
  accepts: {
    'a Pod by the name that it has': `${peer('ledger-0.ledger:5432')}${set('serviceName: ledger')}---${service('ledger', headless)}`,
    'the Service, and no Pod of it': `${peer('quay-1.quay:5432')}${set('serviceName: ledger')}---${service('quay', headless)}`,
    'a Pod of another namespace':
      peer('ledger-0.quay.shipyard:5432') + `${set('serviceName: ledger')}---${service('quay', headless)}`,
    'a host of the Internet': `${peer('https://ledger-0.quay.example.com')}${set('serviceName: ledger')}---${service('quay', headless)}`,
    'a Service that the input does not have': `${peer('ledger-0.archive:5432')}${set('serviceName: ledger')}---${service('quay', headless)}`,
    'a Deployment, whose Pods have no such names':
      peer('ledger-0.quay:5432') + `${set('', 'Deployment')}---${service('quay', headless)}`,
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
    'a Pod before a Service that gives it no name': `${peer('ledger-0.quay:5432', 'harbour', MARK)}${set('serviceName: ledger')}---${service('quay', headless)}`,
    'the whole name, from another namespace': `${peer('postgres://ledger-0.quay.harbour.svc.cluster.local/x', 'shop', MARK)}${set('serviceName: ledger')}---${service('quay', headless)}`,
    'two Pods in one value, told once': `${peer('ledger-0.quay:5432,ledger-1.quay:5432', 'harbour', MARK)}${set('serviceName: ledger')}---${service('quay', headless)}`,
    'a Pod before a Service with a cluster IP': `${peer('ledger-0.ledger:5432', 'harbour', MARK)}${set('replicas: 3\n  serviceName: ledger')}---${service('ledger', '')}`,
    'a Pod of a StatefulSet that says no Service': `${peer('ledger-0.quay:5432', 'harbour', MARK)}${set('')}---${service('quay', headless)}`,
    'D18 another name, for members of one set': `${set('replicas: 3\n  serviceName: ledgr # warning: undefined-governing-service')}---${service('ledger', headless)}`,
    'D18 nothing that is near, for members of one set': `${set('replicas: 3\n  serviceName: archive # warning: undefined-governing-service')}---${service('quay', headless)}`,
    'S-043 D18 a Service with a cluster IP': `${set('replicas: 3\n  serviceName: ledger # info: undefined-governing-service')}---${service('ledger', '')}`,
  },
});
