import { testRule } from '../testing/test-rule.ts';
import unselectedTemplate from './unselected-template.ts';

const workload = (selector: string, labels: string, kind = 'Deployment'): string => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: quay, labels: { app: quay } }
spec:
  selector:
${selector}
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: quay, image: "harbour/quay:1" }] }
`;

testRule(unselectedTemplate, {
  accepts: {
    'every pair is there': workload('    matchLabels: { app: quay }', '{ app: quay, tier: web }'),
    'an expression is met': workload(
      '    matchExpressions: [{ key: app, operator: In, values: [a, quay] }]',
      '{ app: quay }',
    ),
    'another tool fills in the label': workload('    matchLabels: { app: quay }', '{ app: "${APP}" }'),
  },
  rejects: {
    'a Job that selects by hand': `apiVersion: batch/v1
kind: Job
metadata: { name: quay }
spec:
  manualSelector: true
  selector:
    matchLabels:
      app: quay # error: unselected-template
  template:
    metadata: { labels: { app: lamp } }
    spec: { restartPolicy: Never, containers: [{ name: quay, image: "harbour/quay:1" }] }
`,
    'another value': workload(
      '    matchLabels:\n      app: quay # error: unselected-template',
      '{ app: lamp }',
    ),
    'no labels': workload('    matchLabels:\n      app: quay # error: unselected-template', '{}'),
    'the labels of the object do not count': workload(
      '    matchLabels:\n      app: quay # error: unselected-template',
      '{ tier: web }',
      'StatefulSet',
    ),
    'an expression is not met': workload(
      '    matchExpressions:\n      - { key: app, operator: DoesNotExist } # error: unselected-template',
      '{ app: quay }',
      'DaemonSet',
    ),
  },
});
