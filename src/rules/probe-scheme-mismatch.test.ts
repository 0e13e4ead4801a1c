import { testRule } from '../testing/test-rule.ts';
import rule from './probe-scheme-mismatch.ts';

const pod = (image: string, probe: string, type = 'readinessProbe'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: lantern, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: lantern } }
    spec:
      containers:
        - name: lantern
          image: ${image}
          ${type}:
            ${probe}
`;
const HTTPS = 'lscr.io/linuxserver/unifi-network-application:9.0.114';
const hook = (probe: string): string => pod('nginx:1.27', `postStart: { ${probe} }`, 'lifecycle');
const MARK = '# warning: probe-scheme-mismatch';

testRule(rule, {
  accepts: {
    'C3 S-072 HTTP is the default': pod('nginx:1.27', 'httpGet: { port: 80 }'),
    'C3 HTTP in words': pod('nginx:1.27', 'httpGet: { port: 80, scheme: HTTP }'),
    'C3 HTTPS to a port with TLS': pod(HTTPS, 'httpGet: { port: 8443, scheme: HTTPS }'),
    'a process that nobody knows': pod('ghcr.io/example/lantern', 'httpGet: { port: 80, scheme: HTTPS }'),
    'C1 a port that is not bound is another mistake': pod(
      'nginx:1.27',
      'httpGet: { port: 8080, scheme: HTTPS }',
    ),
    'a connection speaks nothing': pod(HTTPS, 'tcpSocket: { port: 8443 }'),
    'S-076 a hook falls back to HTTP': hook('httpGet: { port: 80, scheme: HTTPS }'),
    'S-072 what is no scheme is another mistake': pod(HTTPS, 'httpGet: { port: 8443, scheme: http }'),
  },
  rejects: {
    'C3 S-072 HTTP by default, to a port with TLS': pod(HTTPS, `httpGet: { port: 8443 } ${MARK}`),
    'C3 HTTP in words, to a port with TLS': pod(HTTPS, `httpGet: { port: 8443, scheme: HTTP } ${MARK}`),
    'C3 S-072 HTTPS to a port without it': pod('nginx:1.27', `httpGet: { port: 80, scheme: HTTPS } ${MARK}`),
    'C3 of a liveness probe': pod(HTTPS, `httpGet: { port: 8443 } ${MARK}`, 'livenessProbe'),
  },
});
