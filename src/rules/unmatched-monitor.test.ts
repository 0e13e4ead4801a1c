import { testRule } from '../testing/test-rule.ts';
import rule from './unmatched-monitor.ts';

const monitor = (
  selector: string,
  { kind = 'ServiceMonitor', name = 'watch', namespace = 'harbour', more = '' } = {},
): string => `
apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  ${more}
  selector: ${selector}
  endpoints: [{ port: metrics }]
`;
const service = (labels: string, namespace = 'harbour'): string => `---
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: ${namespace}, labels: ${labels} }
spec: { selector: { app: bakery }, ports: [{ name: metrics, port: 9090 }] }
`;
const deployment = (labels: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: oven, image: example/oven }] }
`;
const MARK = '# warning: unmatched-monitor';

testRule(rule, {
  accepts: {
    'S-183 labels of the Service': monitor('{ matchLabels: { app: bakery } }') + service('{ app: bakery }'),
    'S-183 labels of the Pods':
      monitor('{ matchLabels: { app: bakery } }', { kind: 'PodMonitor' }) + deployment('{ app: bakery }'),
    'every namespace':
      monitor('{ matchLabels: { app: bakery } }', {
        namespace: 'watch',
        more: 'namespaceSelector: { any: true }',
      }) + service('{ app: bakery }'),
    'a value that is there by chance':
      monitor('{ matchLabels: { release: bakery } }') + service('{ app: bakery }'),
    'an expression that says no more than what is left out':
      monitor('{ matchExpressions: [{ key: app, operator: NotIn, values: [bakery] }] }') +
      service('{ app: bakery }'),
    'something else, from elsewhere': monitor('{ matchLabels: { app: crane } }') + service('{ app: bakery }'),
    'another version of a name': monitor('{ matchLabels: { app: bakery-2 } }') + service('{ app: bakery-1 }'),
    'all there is': monitor('{}') + service('{}'),
    'filled in later': monitor('{ matchLabels: { app: "${APP}" } }') + service('{ app: bakery }'),
    'a namespace that nobody has said':
      monitor('{ matchLabels: { app: bakery } }', { namespace: 'watch' }).replace(', namespace: watch', '') +
      service('{ app: bakery }'),
  },
  rejects: {
    'S-183 a letter is missing':
      monitor(`{ matchLabels: { app: bakry } } ${MARK}`) + service('{ app: bakery }'),
    'S-183 a letter of the key is missing':
      monitor(`{ matchLabels: { app.kubernetes.io/nam: bakery } } ${MARK}`) +
      service('{ app.kubernetes.io/name: bakery }'),
    'S-183 the value is under another key of its kind':
      monitor(`{ matchLabels: { app: bakery } } ${MARK}`, { kind: 'PodMonitor' }) +
      deployment('{ app.kubernetes.io/name: bakery }'),
    'S-183 an expression that says as much':
      monitor(`{ matchExpressions: [{ key: app, operator: In, values: [bakry] }] } ${MARK}`) +
      service('{ app: bakery }'),
    'the Service by that name has no labels':
      monitor(`{ matchLabels: { app: bakery } } ${MARK}`) + service('{}'),
    'S-183 a letter of the Pods’ label is missing':
      monitor(`{ matchLabels: { app: bakry } } ${MARK}`, { kind: 'PodMonitor' }) +
      deployment('{ app: bakery }'),
    'the Service of its own name has another label':
      monitor(`{ matchLabels: { app: oven } } ${MARK}`, { name: 'bakery' }) + service('{ app: bakery }'),
    'the Service of its own name lacks the label':
      monitor(`{ matchLabels: { release: stack } } ${MARK}`, { name: 'bakery' }) + service('{ app: bakery }'),
    'another namespace':
      monitor('{ matchLabels: { app: bakery } }', { namespace: `watch } ${MARK}` }).replace(
        `${MARK} }`,
        MARK,
      ) + service('{ app: bakery }'),
  },
});
