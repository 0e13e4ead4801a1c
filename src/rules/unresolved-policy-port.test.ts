import { testRule } from '../testing/test-rule.ts';
import rule from './unresolved-policy-port.ts';

const crane = (ports: string, name = 'crane', key = 'containers'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: crane } }
    spec:
      ${key}: [{ name: crane, image: ghcr.io/example/crane, ports: ${ports} }]
`;
const policy = (port: string, pods = '{ matchLabels: { app: crane } }'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: crane, namespace: harbour }
spec:
  podSelector: ${pods}
  ingress:
    - ports:
        - ${port}
`;
const HTTP = '[{ name: http, containerPort: 8080 }]';

testRule(rule, {
  accepts: {
    'I3 S-179 the name is declared': `${crane(HTTP)}---${policy('port: http')}`,
    'a number needs no declaration': `${crane('[]')}---${policy('port: 8080')}`,
    'S-002 a quoted number is another mistake': `${crane(HTTP)}---${policy('port: "8080"')}`,
    'S-004 what is no name is another mistake': `${crane(HTTP)}---${policy('port: HTTP')}`,
    'some of the Pods have it': `${crane(HTTP)}---${crane('[]', 'winch')}---${policy('port: http')}`,
    'a policy for every Pod of the namespace': `${crane(HTTP)}---${policy('port: metrics', '{}')}`,
    'no Pod of the input is selected': `${crane(HTTP)}---${policy('port: web', '{ matchLabels: { app: winch } }')}`,
    'a name to be filled in': `${crane(HTTP)}---${policy('port: "${NAME}"')}`,
    'S-029 I3 a sidecar has it': `${crane('[]').replace('containers:', 'initContainers: [{ name: oil, restartPolicy: Always, ports: [{ name: oil, containerPort: 1 }] }]\n      containers:')}---${policy('port: oil')}`,
  },
  rejects: {
    'I3 S-179 the name is spelled differently': `${crane(HTTP)}---${policy('port: htp # warning: unresolved-policy-port')}`,
    'S-179 the name exists for another protocol': `${crane(HTTP)}---${policy('{ port: http, protocol: UDP } # warning: unresolved-policy-port')}`,
    'I3 nothing is named': `${crane('[{ containerPort: 8080 }]')}---${policy('port: http # warning: unresolved-policy-port')}`,
    'two workloads are one mistake': `${crane(HTTP)}---${crane('[]', 'winch')}---${policy('port: web # warning: unresolved-policy-port')}`,
    'I3 only an init container has it, which is gone by then': `${crane(HTTP).replace('containers:', 'initContainers: [{ name: oil, ports: [{ name: oil, containerPort: 1 }] }]\n      containers:')}---${policy('port: oil # warning: unresolved-policy-port')}`,
  },
});
