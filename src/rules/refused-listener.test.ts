import { testRule } from '../testing/test-rule.ts';
import rule from './refused-listener.ts';

const gateway = (listeners: string, className = 'example'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  gatewayClassName: ${className}
  listeners:
    ${listeners}
`;
const MARK = '# error: refused-listener';
const CERT = 'certificateRefs: [{ name: c }]';

const istio = (name: string, server: string, selector = '{ istio: gate }'): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: ${selector}
  servers:
    - ${server}
`;
const istioServer = (protocol: string, number = 443, more = ''): string =>
  `{ hosts: [${number}.example], ${more} port: { number: ${number}, name: p, protocol: ${protocol} } }`;
const CLASH = '# warning: refused-listener';

testRule(rule, {
  accepts: {
    'Istio: HTTP beside gRPC': `${istio('a', istioServer('HTTP', 80))}---${istio('b', istioServer('GRPC', 80))}`,
    'Istio: HTTPS beside TLS': `${istio('a', istioServer('HTTPS'))}---${istio('b', istioServer('TLS'))}`,
    'Istio: other proxies': `${istio('a', istioServer('HTTPS'))}---${istio('b', istioServer('HTTP'), '{ istio: inside }')}`,
    'Istio: other ports': `${istio('a', istioServer('HTTPS'))}---${istio('b', istioServer('HTTP', 80))}`,
    'Istio: an address of its own': `${istio('a', istioServer('HTTPS'))}---${istio('b', istioServer('HTTP', 443, 'bind: 192.0.2.1,'))}`,
    'S-158 plain and encrypted': gateway(
      `- { name: a, port: 80, protocol: HTTP }\n    - { name: b, port: 443, protocol: HTTPS, tls: { ${CERT} } }`,
    ),
    'one port, two host names': gateway(
      '- { name: a, port: 80, protocol: HTTP, hostname: a.example }\n    - { name: b, port: 80, protocol: HTTP, hostname: b.example }',
    ),
    'HTTPS and TLS on one port': gateway(
      `- { name: a, port: 443, protocol: HTTPS, hostname: a.example, tls: { ${CERT} } }\n    - { name: b, port: 443, protocol: TLS, hostname: b.example, tls: { mode: Passthrough } }`,
    ),
    'TCP and UDP on one port': gateway(
      '- { name: a, port: 53, protocol: TCP }\n    - { name: b, port: 53, protocol: UDP }',
    ),
    'a protocol of an implementation': gateway(
      '- { name: a, port: 80, protocol: HTTP }\n    - { name: b, port: 80, protocol: example.com/quic }',
    ),
    'a load balancer with certificates of its own': gateway(
      '- { name: a, port: 443, protocol: HTTPS }',
      'gke-l7-global-external-managed',
    ),
    'a controller that serves a certificate of its own': gateway(
      '- { name: a, port: 443, protocol: HTTPS }',
      'kong',
    ),
    'options take the place of certificates': gateway(
      '- { name: a, port: 443, protocol: HTTPS, tls: { options: { example.com/cert: a } } }',
    ),
    'a selector, even an empty one': gateway(
      '- { name: a, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: {} } } }',
    ),
  },
  rejects: {
    'Istio: HTTP on the port of HTTPS of another Gateway': `${istio('a', istioServer('HTTPS'))}---${istio('b', `${istioServer('HTTP')} ${CLASH}`)}`,
    'Istio: TCP on the port of HTTP of the same Gateway': istio(
      'a',
      `${istioServer('HTTP', 80)}\n    - ${istioServer('TCP', 80)} ${CLASH}`,
    ),
    'HTTPS without TLS': gateway(`- { name: a, port: 443, protocol: HTTPS } ${MARK}`),
    'HTTPS without certificate': gateway(
      `- { name: a, port: 443, protocol: HTTPS, tls: { mode: Terminate } } ${MARK}`,
    ),
    'HTTPS passed through': gateway(
      `- { name: a, port: 443, protocol: HTTPS, tls: { mode: Passthrough } } ${MARK}`,
    ),
    'TLS without TLS': gateway(`- { name: a, port: 443, protocol: TLS } ${MARK}`),
    'HTTP with TLS': gateway(`- { name: a, port: 80, protocol: HTTP, tls: { ${CERT} } } ${MARK}`),
    'TCP with TLS': gateway(`- { name: a, port: 80, protocol: TCP, tls: { mode: Passthrough } } ${MARK}`),
    'UDP with a host name': gateway(`- { name: a, port: 53, protocol: UDP, hostname: a.example } ${MARK}`),
    'one name twice': gateway(
      `- { name: a, port: 80, protocol: HTTP }\n    - { name: a, port: 81, protocol: HTTP } ${MARK}`,
    ),
    'one address twice': gateway(
      `- { name: a, port: 80, protocol: HTTP }\n    - { name: b, port: 80, protocol: HTTP } ${MARK}`,
    ),
    'two protocols on one port': gateway(
      `- { name: a, port: 80, protocol: HTTP }\n    - { name: b, port: 80, protocol: TCP } ${MARK}`,
    ),
    'HTTP and HTTPS on one port': gateway(
      `- { name: a, port: 80, protocol: HTTP }\n    - { name: b, port: 80, protocol: HTTPS, tls: { ${CERT} } } ${MARK}`,
    ),
    'a selector that is not there': gateway(
      `- { name: a, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector } } } ${MARK}`,
    ),
    'a ListenerSet': gateway(`- { name: a, port: 80, protocol: HTTP, tls: { ${CERT} } } ${MARK}`)
      .replace('kind: Gateway', 'kind: ListenerSet')
      .replace('gatewayClassName: example', 'parentRef: { name: gate }'),
  },
});
