import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unmatched-selector.ts';

const service = (selector: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: lighthouse, namespace: harbour }
spec:
  selector:${more}
    ${selector}
  ports: [{ port: 80 }]
`;
const deployment = (
  labels: string,
  { name = 'lighthouse', namespace = 'harbour', own = '{}' } = {},
): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace}, labels: ${own} }
spec:
  template:
    metadata: { labels: ${labels} }
    spec:
      containers: [{ name: lamp, image: ghcr.io/example/lamp }]
`;
const ERROR = ' # error: unmatched-selector';
const WARNING = ' # warning: unmatched-selector';
const other = { name: 'crane' };

testRule(rule, {
  accepts: {
    'S-020 every pair is among the labels': `${service('app: lighthouse')}---${deployment('{ app: lighthouse, tier: web }')}`,
    'S-021 no selector': service('').replace('selector:', ''),
    'S-058 the ordinal of a StatefulSet': `${service('statefulset.kubernetes.io/pod-name: lighthouse-0')}---${deployment('{ app: a }').replace('Deployment', 'StatefulSet')}`,
    'no Pods of this namespace are in the input': `${service('app: lighthouse')}---${deployment('{ app: crane }', { name: 'crane', namespace: 'yard' })}`,
    'an operator may make the Pods': `${service('app: db')}---${deployment('{ app: crane }', other)}---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: harbour }
`,
    'a role that Pods take while they run': `${service('app: db\n    db-role: leader')}---${deployment('{ app: db }')}`,
    'a selector that another tool fills in': `${service('app: ${APP}')}---${deployment('{ app: lighthouse }')}`,
    'labels that another tool fills in': `${service('app: lighthouse')}---${deployment('{ app: "${APP}" }')}`,
    'the Pods may be in a template that is not rendered': {
      'service.yaml': `${service('app: lamp')}---${deployment('{ app: crane }', other)}`,
      'templates/pods.yaml': 'kind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n',
    },
    'one of two definitions matches': {
      'a.yaml': `${service('app: lighthouse')}---${deployment('{ app: lighthouse }')}`,
      'b.yaml': service('app: crane'),
    },
  },
  rejects: {
    'S-020 the key is misspelt': `${service(`app.kubernetes.io/port-of: light${ERROR}`)}---${deployment('{ app.kubernetes.io/part-of: light }', other)}`,
    'S-020 one of two keys is misspelt': `${service(`app: lamp\n    teir: web${ERROR}`)}---${deployment('{ app: lamp, tier: web }', other)}`,
    'S-020 the value is misspelt': `${service(`app: lighthuose${ERROR}`)}---${deployment('{ app: lighthouse }', other)}`,
    'S-020 a workload of the same name has another label': `${service(`app: lamp${ERROR}`)}---${deployment('{ app: lighthouse }')}`,
    'S-020 two labels differ': `${service(`app: lamp${ERROR}\n    tier: web`)}---${deployment('{ app: lighthouse, tier: light }')}`,
    'S-020 a label is missing': `${service(`app: lighthouse\n    tier: web${ERROR}`)}---${deployment('{ app: lighthouse }')}`,
    'S-056 only the Deployment itself has the label': `${service('app: lighthouse', ERROR)}---${deployment('{ run: light }', { own: '{ app: lighthouse }' })}`,
    'S-020 the Pods are in another namespace': `${service('app: lighthouse', ERROR)}---${deployment('{ app: lighthouse }', { namespace: 'yard' })}`,
    'a kustomization may put them into one namespace, where one of them says none': `${service('app: lighthouse', WARNING)}---${deployment('{ app: lighthouse }', { namespace: '""' })}`,
    'nothing of the namespace matches, which proves little': `${service('app: lamp', WARNING)}---${deployment('{ app: crane }', other)}`,
    'kinds of Kubernetes itself make no Pods': `${service('app: lamp', WARNING)}---${deployment('{ app: crane }', other)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: crane, namespace: harbour }
`,
    'S-020 a label is missing where another Service selects the Pods': `${service('app: crane\n    tier: web', WARNING)}---${deployment('{ app: crane }', other)}---${service('app: crane').replace('lighthouse', 'crane')}`,
  },
});

const editsOf = (yaml: string): (string | undefined)[] =>
  findingsOf(rule, sourcesOf(yaml)).flatMap(({ fixes }) =>
    fixes.flatMap(({ edits }) => edits.map(({ text }) => text)),
  );

test('makes the whole selector agree', () => {
  expect(
    editsOf(`${service('app: lamp\n    tier: web')}---${deployment('{ app: lighthouse, tier: "1" }')}`),
  ).toEqual(['lighthouse', '"1"', 'lamp', '"web"']);
});

test('offers no edit where a label is missing', () => {
  expect(editsOf(`${service('app: lamp\n    tier: web')}---${deployment('{ app: lighthouse }')}`)).toEqual(
    [],
  );
});

test('of several workloads that are meant by the look of it, the one of the same name is, then the nearest', () => {
  const told = (...workloads: string[]): string[] =>
    findingsOf(rule, sourcesOf({ 'app.yaml': [service('app: lamp-11x'), ...workloads].join('---') })).map(
      ({ message }) => message,
    );
  const far = deployment('{ app: lamp-1 }', { name: 'lamp-1' });
  const near = deployment('{ app: lamp-11 }', { name: 'lamp-11' });
  expect(told(far, near)[0]).toContain('Deployment `harbour/lamp-11` has `app: lamp-11`');
  const same = deployment('{ app: tower }');
  expect(told(far, near, same)[0]).toContain('Deployment `harbour/lighthouse` has `app: tower`');
});
