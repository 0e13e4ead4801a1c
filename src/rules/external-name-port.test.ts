import { testRule } from '../testing/test-rule.ts';
import rule from './external-name-port.ts';

const service = (spec: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ferry, namespace: harbour }
spec:
  type: ExternalName
  ${spec}
`;

const ingress = (className: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  ingressClassName: ${className}
  defaultBackend: { service: { name: ferry, port: { number: 80 } } }
`;
const translated = 'externalName: ferry.example.com\n  ports: [{ port: 80, targetPort: 8080 }]';

testRule(rule, {
  accepts: {
    'S-130 ingress-nginx dials the targetPort': `${service(translated)}---${ingress('nginx')}`,
    'S-023 no ports at all': service('externalName: ferry.example.com'),
    'S-047 port and targetPort are the same': service(
      'externalName: ferry.example.com\n  ports: [{ port: 443, targetPort: 443 }]',
    ),
  },
  rejects: {
    'S-130 other controllers do not': `${service(`${translated} # warning: external-name-port`)}---${ingress('traefik')}`,
    'S-047 a targetPort that nothing follows': service(
      'externalName: ferry.example.com\n  ports: [{ port: 80, targetPort: 8080 }] # warning: external-name-port',
    ),
    'S-023 an address holds no port': service("externalName: '2001:db8::1' # error: external-name-port"),
    'S-023 a port in the name': service('externalName: ferry.example.com:8080 # error: external-name-port'),
  },
});
