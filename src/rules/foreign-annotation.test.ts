import { testRule } from '../testing/test-rule.ts';
import rule from './foreign-annotation.ts';

const ingress = (controller: string | undefined, ...annotations: string[]): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gate
  namespace: harbour
  annotations:
    example.com/note: quay
    ${annotations.join('\n    ')}
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: pier, port: { number: 8443 } } }
${
  controller
    ? `---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: ${controller} }
`
    : ''
}`;
const F5 = 'nginx.org/ingress-controller';
const MARK = '# warning: foreign-annotation';
const https = (mark = ''): string => `nginx.ingress.kubernetes.io/backend-protocol: HTTPS ${mark}`;

testRule(rule, {
  accepts: {
    'E7 the controller that reads it': ingress('k8s.io/ingress-nginx', https()),
    'S-122 E7 a class that anybody may serve': ingress(undefined, 'nginx.org/ssl-services: pier'),
    'E7 a controller of which nothing is known': ingress('example.com/lighthouse', https()),
    'E7 an Ingress that is written for both': ingress(F5, https(), 'nginx.org/ssl-services: pier'),
    'E7 annotations that have nothing to do with ports': ingress(
      F5,
      'nginx.ingress.kubernetes.io/proxy-body-size: 8m',
    ),
  },
  rejects: {
    'S-131 E7 ingress-nginx is not the NGINX controller of F5': ingress(F5, https(MARK)),
    'E7 and the other way': ingress('k8s.io/ingress-nginx', `nginx.org/ssl-services: pier ${MARK}`),
    'E7 Contour': ingress('projectcontour.io/ingress-controller', https(MARK)),
    'S-131 E7 Traefik': ingress('traefik.io/ingress-controller', https(MARK)),
    'E7 two projects for HAProxy': ingress(
      'haproxy.org/ingress-controller',
      `haproxy-ingress.github.io/backend-protocol: h1-ssl ${MARK}`,
    ),
    'E7 each by itself': ingress(
      'ingress.k8s.aws/alb',
      https(MARK),
      `nginx.ingress.kubernetes.io/service-upstream: "true" ${MARK}`,
    ),
  },
});
