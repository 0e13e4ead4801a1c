import { testRule } from '../testing/test-rule.ts';
import rule from './misread-node-port.ts';

const service = `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  type: NodePort
  selector: { app: pier }
  ports: [{ port: 80, nodePort: 30080 }]
`;
const ingress = (port: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: pier, namespace: harbour }
spec:
  defaultBackend:
    service:
      name: pier
      port: ${port}
`;

const destinationRule = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: pier, namespace: harbour }
spec:
  host: pier
  trafficPolicy:
    portLevelSettings:
      - port:
          number: 30080 # warning: misread-node-port
`;

testRule(rule, {
  accepts: {
    'S-117 the Service port': `${service}---${ingress('{ number: 80 }')}`,
    'a number that is nothing of the Service is another mistake': `${service}---${ingress('{ number: 31000 }')}`,
  },
  rejects: {
    'S-159 settings that are never applied': `${service}---${destinationRule}`,
    'H3 an address of the Service with the nodePort': `${service}---
apiVersion: v1
kind: Pod
metadata: { name: till, namespace: harbour }
spec:
  containers:
    - name: till
      env: [{ name: PIER, value: "http://pier:30080" }] # error: misread-node-port
`,
    'S-117 the nodePort': `${service}---${ingress('{ number: 30080 } # error: misread-node-port')}`,
  },
});
