import { testRule } from '../testing/test-rule.ts';
import rule from './ignored-default-backend.ts';

const RULES =
  'rules: [{ host: pier.example.com, http: { paths: [{ path: /x, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }] } }]';
const ingress = (className: string, rules: string, mark = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate }
spec:
  ingressClassName: ${className}
  defaultBackend: { service: { name: pier, port: { number: 80 } } } ${mark}
  ${rules}
---
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { selector: { app: pier }, ports: [{ port: 80 }] }
`;
const ingressClass = (controller: string): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: front }
spec: { controller: ${controller} }
`;
const MARK = '# warning: ignored-default-backend';

testRule(rule, {
  accepts: {
    'S-148 no rules': `${ingress('front', '')}---${ingressClass('traefik.io/ingress-controller')}`,
    'S-148 another controller': `${ingress('front', RULES)}---${ingressClass('k8s.io/ingress-nginx')}`,
    'S-148 a controller that is not known': ingress('front', RULES),
  },
  rejects: {
    'S-148 beside rules': `${ingress('front', RULES, MARK)}---${ingressClass('traefik.io/ingress-controller')}`,
    'S-148 by the name of the class': ingress('traefik', RULES, MARK),
  },
});
