import { testRule } from '../testing/test-rule.ts';
import rule from './refused-knative-port.ts';

const bakery = (container: string, apiVersion = 'serving.knative.dev/v1'): string => `
apiVersion: ${apiVersion}
kind: Service
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    spec:
      containers:
        - image: example.com/bakery:1.4
          ${container}
`;
const port = (fields: string): string => `ports:\n            - ${fields}`;
const MARK = '# error: refused-knative-port';

testRule(rule, {
  accepts: {
    'S-175 no port': bakery(''),
    'S-175 one port': bakery(port('containerPort: 9000')),
    'S-175 a name for its protocol': bakery(port('{ name: h2c, containerPort: 9000, protocol: TCP }')),
    'S-175 PORT is set by Knative': bakery('env: [{ name: OVEN_PORT, value: "9000" }]'),
    'a workload of another kind': bakery(port('{ name: web, containerPort: 8012 }'), 'v1'),
  },
  rejects: {
    'S-175 two ports': bakery(`${port('containerPort: 9000')}\n            - containerPort: 9001 ${MARK}`),
    'S-175 two ports of two containers': bakery(
      `${port('containerPort: 9000')}\n        - image: example.com/mill\n          ${port(`containerPort: 9001 ${MARK}`)}`,
    ),
    'S-175 another name': bakery(port(`name: http ${MARK}\n              containerPort: 9000`)),
    'S-175 another protocol': bakery(port(`containerPort: 9000\n              protocol: UDP ${MARK}`)),
    'S-175 a port of Knative itself': bakery(port(`containerPort: 8012 ${MARK}`)),
    'S-175 PORT by hand': bakery(`env:\n            - name: PORT ${MARK}\n              value: "9000"`),
  },
});
