import { testRule } from '../testing/test-rule.ts';
import rule from './invalid-probe-scheme.ts';

const pod = (rest: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: buoy, namespace: harbour }
spec:
  containers:
    - name: buoy
      image: ghcr.io/example/buoy
      ${rest}
`;
const MARK = '# error: invalid-probe-scheme';

testRule(rule, {
  accepts: {
    'S-072 none': pod('readinessProbe: { httpGet: { port: 80 } }'),
    'S-072 HTTPS': pod('readinessProbe: { httpGet: { port: 443, scheme: HTTPS } }'),
    'S-072 an empty one': pod('readinessProbe: { httpGet: { port: 80, scheme: "" } }'),
    'one to be filled in': pod('readinessProbe: { httpGet: { port: 80, scheme: "${SCHEME}" } }'),
  },
  rejects: {
    'S-072 in small letters': pod(`readinessProbe: { httpGet: { port: 443, scheme: https } } ${MARK}`),
    'S-072 another protocol': pod(`livenessProbe: { httpGet: { port: 6379, scheme: redis } } ${MARK}`),
    'S-076 of a hook': pod(`lifecycle: { preStop: { httpGet: { port: 80, scheme: http } } } ${MARK}`),
  },
});
