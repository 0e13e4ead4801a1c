import { testRule } from '../testing/test-rule.ts';
import rule from './duplicate-resource.ts';

const service = (name = 'pier', namespace = 'harbour', mark = ''): string => `
apiVersion: v1
kind: Service
metadata:
  name: ${name}${mark && ' # warning: duplicate-resource'}
  namespace: ${namespace}
spec: { ports: [{ port: 80 }] }
`;
const configMap = `
apiVersion: v1
kind: ConfigMap
metadata: { name: pier, namespace: harbour }
`;

testRule(rule, {
  accepts: {
    'one name in two namespaces': `${service()}---${service('pier', 'yard')}`,
    'one name of two kinds': `${service()}---${configMap}`,
    'S-190 two objects whose names are made by the API server': `
apiVersion: batch/v1
kind: Job
metadata: { generateName: seed- }
---
apiVersion: batch/v1
kind: Job
metadata: { generateName: seed- }
`,
    'two folders are two sets': { 'dev/pier.yaml': service(), 'prod/pier.yaml': service() },
  },
  rejects: {
    'twice in one stream': `${service()}---${service('pier', 'harbour', '!')}`,
    'three times': `${service()}---${service()}---${service('pier', 'harbour', '!')}`,
    'S-188 default is the namespace of an object that names none': `
apiVersion: v1
kind: Service
metadata: { name: pier }
---
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: default } # warning: duplicate-resource
`,
    'whatever the API version': `
apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: gate }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate } # warning: duplicate-resource
`,
    'each object of one file': `${service()}---${service('pier', 'harbour', '!')}---${service('quay')}---${service('quay', 'harbour', '!')}`,
    'files that share several objects, once': {
      'k8s/dev.yaml': `${service('quay')}---${service()}`,
      'k8s/prod.yaml': `${service('quay')}---${service('pier', 'harbour', '!')}`,
    },
    'three files of one folder are alternatives, and told once': {
      'samples/all.yaml': `${service('quay')}---${service()}`,
      'samples/half.yaml': `${service('quay')}---${service()}`,
      'samples/none.yaml': service('pier', 'harbour', '!').replace('warning:', 'info:'),
      'samples/old.yaml': service('quay').replace('quay', 'shed'),
      'samples/older.yaml': service('quay').replace('quay', 'shed'),
    },
    'in two files of one folder': {
      'k8s/1-pier.yaml': service(),
      'k8s/2-pier.yaml': service('pier', 'harbour', '!'),
    },
  },
});
