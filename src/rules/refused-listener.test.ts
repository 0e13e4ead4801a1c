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

testRule(rule, {
  accepts: {
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
