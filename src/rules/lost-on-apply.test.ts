import { testRule } from '../testing/test-rule.ts';
import rule from './lost-on-apply.ts';

const service = (ports: string): string => `
apiVersion: v1
kind: Service
metadata: { name: lighthouse, namespace: harbour }
spec:
  selector: { app: lighthouse }
  ports:
    ${ports}
`;

testRule(rule, {
  accepts: {
    'two numbers': service(`- { name: dns, port: 53 }
    - { name: dns-udp, port: 5353, protocol: UDP }`),
    'one number twice for one protocol is another mistake': service(`- { name: a, port: 53 }
    - { name: b, port: 53 }`),
  },
  rejects: {
    'S-025 TCP and UDP on one number of a Service': service(`- { name: dns, port: 53 }
    - { name: dns-udp, port: 53, protocol: UDP } # warning: lost-on-apply`),
    'S-025 and of a container': `
apiVersion: v1
kind: Pod
metadata: { name: lighthouse }
spec:
  containers:
    - name: dns
      ports:
        - { containerPort: 53 }
        - { containerPort: 53, protocol: UDP } # warning: lost-on-apply
`,
  },
});
