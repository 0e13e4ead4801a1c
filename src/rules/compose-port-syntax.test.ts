import { expect, test } from 'vitest';
import { reportOf } from '../testing/report-of.ts';
import { testRule } from '../testing/test-rule.ts';
import composePortSyntax from './compose-port-syntax.ts';

const pod = (rest: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: quay }\nspec:\n  containers:\n    - name: quay\n      image: harbour/quay:1\n${rest}`;
const service = (port: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: quay }\nspec:\n  selector: { app: quay }\n  ports:\n${port}`;

testRule(composePortSyntax, {
  accepts: {
    'entries as Kubernetes has them': pod(
      '      env: [{ name: PORT, value: "80" }]\n      ports: [{ containerPort: 80 }]\n',
    ),
    'arguments that look like a mapping': pod('      args: ["13378:80", "PORT=80"]\n'),
  },
  rejects: {
    'HOST:CONTAINER': pod('      ports:\n        - "13378:80" # error: compose-port-syntax\n'),
    'with an address and a protocol': pod(
      '      ports:\n        - 127.0.0.1:5353:53/udp # error: compose-port-syntax\n',
    ),
    'a protocol alone': pod('      ports:\n        - 53/udp # error: compose-port-syntax\n'),
    'as a targetPort': service('    - port: 80\n      targetPort: "13378:80" # error: compose-port-syntax\n'),
    'as a variable': pod('      env:\n        - PORT=3005 # error: compose-port-syntax\n'),
    'variables as a map': pod('      env: # error: compose-port-syntax\n        PORT: 3005\n'),
  },
});

test('the side of the container is said, and why the other has no place', () => {
  const [finding] = reportOf({ 'a.yaml': pod('      ports: ["13378:80/udp"]\n') }).findings;
  expect(finding?.help[0]).toContain("80 is the container's side");
  expect(finding?.help[0]).toContain('protocol: UDP');
  expect(finding?.help[1]).toMatch(/^13378 is the port of a machine/);
});
