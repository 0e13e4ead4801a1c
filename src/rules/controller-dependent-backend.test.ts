import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './controller-dependent-backend.ts';

const ingress = (port: string, more: { className?: string; annotations?: string } = {}): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour, annotations: ${more.annotations ?? '{}'} }
spec:
  ingressClassName: ${more.className ?? 'outside'}
  defaultBackend:
    service:
      name: pier
      port: ${port}
`;
const service = (...ports: string[]): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  ports:
${ports.map((port) => `    - ${port}\n`).join('')}`;
const ingressClass = (controller = 'k8s.io/ingress-nginx'): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: outside }
spec: { controller: ${controller} }
`;
const upstream = '{ nginx.ingress.kubernetes.io/service-upstream: "true" }';
const MARK = '# warning: controller-dependent-backend';
const web = '{ name: web, port: 80, targetPort: 8080 }';

testRule(rule, {
  accepts: {
    "S-117 the Service's port": `${ingress('{ number: 80 }')}---${service(web)}---${ingressClass()}`,
    'E3 the controller of HAProxy Technologies takes the number': `${ingress('{ number: 8080 }')}---${service('{ name: a, port: 8080 }', '{ name: b, port: 80, targetPort: 8080 }')}---${ingressClass('haproxy.org/ingress-controller')}`,
    'S-137 with Traefik it is an error': `${ingress('{ number: 8080 }')}---${service(web)}---${ingressClass('traefik.io/ingress-controller')}`,
    'S-129 with service-upstream it is an error': `${ingress('{ number: 8080 }', { annotations: upstream })}---${service(web)}---${ingressClass()}`,
    'S-126 a targetPort behind the port that is meant': `${ingress('{ number: 8080 }')}---${service('{ name: a, port: 8080 }', '{ name: b, port: 80, targetPort: 8080 }')}---${ingressClass()}`,
    'no such port at all is an error': `${ingress('{ number: 81 }')}---${service(web)}---${ingressClass()}`,
  },
  rejects: {
    'S-125 an Ingress that names no class': `${ingress(`{ number: 8080 } ${MARK}`).replace(/ingressClassName: .*/, '')}---${service(web)}`,
    'S-125 a class that nobody told of': `${ingress(`{ number: 8080 } ${MARK}`, { className: 'public' })}---${service(web)}`,
    'E3 haproxy-ingress finds a targetPort before the number': `${ingress(`{ number: 8080 } ${MARK}`)}---${service('{ name: a, port: 8080 }', '{ name: b, port: 80, targetPort: 8080 }')}---${ingressClass('haproxy-ingress.github.io/controller')}`,
    'S-125 the targetPort by number': `${ingress(`{ number: 8080 } ${MARK}`)}---${service(web)}---${ingressClass()}`,
    'S-125 the targetPort by name': `${ingress(`{ name: http } ${MARK}`)}---${service('{ name: web, port: 80, targetPort: http }')}---${ingressClass()}`,
    'S-125 a name that spells the number': `${ingress(`{ number: 80 } ${MARK}`)}---${service('{ name: "80", port: 8080 }')}---${ingressClass()}`,
    'S-122 a class that is called nginx': `${ingress(`{ number: 8080 } ${MARK}`, { className: 'nginx' })}---${service(web)}`,
    'S-126 the targetPort of an earlier port is found first': `${ingress(`{ number: 9090 } ${MARK}`)}---${service('{ name: a, port: 80, targetPort: 9090 }', '{ name: b, port: 9090, targetPort: 7000 }')}---${ingressClass()}`,
  },
});

test('S-126 the port that is meant stays, and which one is wrong is for people to say', () => {
  const shadowed = service(
    '{ name: a, port: 80, targetPort: 9090 }',
    '{ name: b, port: 9090, targetPort: 7000 }',
  );
  const stream = `${ingress('{ number: 9090 }')}---${shadowed}---${ingressClass()}`;
  expect(findingsOf(rule, sourcesOf(stream)).map(({ fixes, labels }) => [fixes, labels.length])).toEqual([
    [[], 3],
  ]);
});
