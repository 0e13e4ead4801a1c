import { expect, test } from 'vitest';
import { allRules } from '../rules/index.ts';
import { check } from './check.ts';

const template = (targetPort: string): string => `apiVersion: template.openshift.io/v1
kind: Template
metadata: { name: shop }
parameters: [{ name: PORT, value: "8080" }]
objects:
  - apiVersion: route.openshift.io/v1
    kind: Route
    metadata: { name: shop, namespace: quay }
    spec: { port: { targetPort: ${targetPort} }, to: { kind: Service, name: shop } }
  - apiVersion: v1
    kind: Service
    metadata: { name: shop, namespace: quay }
    spec: { selector: { app: shop }, ports: [{ name: web, port: 80, targetPort: 8080 }] }
  - apiVersion: v1
    kind: Pod
    metadata: { name: shop, namespace: quay, labels: { app: shop } }
    spec: { containers: [{ name: shop, image: "\${IMAGE}", ports: [{ containerPort: 8080 }] }] }
`;

test.each([
  ['8080', []],
  ['9999', ['undefined-backend-port']],
  ['"${PORT}"', []],
])('the objects of a Template are followed: %s', (targetPort, rules) => {
  const text = template(targetPort);
  const { sets, errors } = check([{ path: 'shop.yaml', kind: 'file', text, editable: true }], {
    rules: allRules,
  });
  expect(errors).toEqual([]);
  expect(
    sets.flatMap(({ findings }) =>
      findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    ),
  ).toEqual(rules);
});
