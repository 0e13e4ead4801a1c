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
/** A program whose mounted file says what it speaks. */
const mounting = (image: string, path: string, file: string, probe: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: lantern, namespace: harbour }
data:
  ${path.slice(path.lastIndexOf('/') + 1)}: '${file}'
---${pod(image, probe)}          volumeMounts: [{ name: conf, mountPath: ${path.slice(0, path.lastIndexOf('/'))} }]
      volumes: [{ name: conf, configMap: { name: lantern } }]
`;
const nginx = (listen: string, probe: string): string =>
  mounting('nginx:1.27', '/etc/nginx/conf.d/default.conf', `server { ${listen} }`, probe);
const haproxy = (bind: string, probe: string): string =>
  mounting('haproxy:3.0', '/usr/local/etc/haproxy/haproxy.cfg', `frontend a\n\n  bind ${bind}\n\n`, probe);
const MARK = '# warning: probe-scheme-mismatch';

testRule(rule, {
  accepts: {
    'C3 S-072 HTTP is the default': pod('nginx:1.27', 'httpGet: { port: 80 }'),
    'C3 HTTP in words': pod('nginx:1.27', 'httpGet: { port: 80, scheme: HTTP }'),
    'C3 HTTPS to a port with TLS': pod(HTTPS, 'httpGet: { port: 8443, scheme: HTTPS }'),
    'nginx is told to speak TLS': nginx('listen 8443 ssl;', 'httpGet: { port: 8443, scheme: HTTPS }'),
    'nginx is told so for the whole server': nginx(
      'listen 8443; ssl on;',
      'httpGet: { port: 8443, scheme: HTTPS }',
    ),
    'nginx waits for PROXY protocol': nginx(
      'listen 8443 proxy_protocol;',
      'httpGet: { port: 8443, scheme: HTTPS }',
    ),
    'haproxy is told to speak TLS': haproxy(':8443 ssl crt /a', 'httpGet: { port: 8443, scheme: HTTPS }'),
    'haproxy may pass TLS on': haproxy(':8443', 'httpGet: { port: 8443, scheme: HTTPS }'),
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
    'C3 HTTP to nginx that is told to speak TLS': nginx(
      'listen 8443 ssl;',
      `httpGet: { port: 8443 } ${MARK}`,
    ),
    'C3 HTTPS to nginx that is not': nginx('listen 8443;', `httpGet: { port: 8443, scheme: HTTPS } ${MARK}`),
    'C3 HTTP to haproxy that is told to speak TLS': haproxy(
      ':8443 ssl crt /a',
      `httpGet: { port: 8443 } ${MARK}`,
    ),
    'C3 S-072 HTTP by default, to a port with TLS': pod(HTTPS, `httpGet: { port: 8443 } ${MARK}`),
    'C3 HTTP in words, to a port with TLS': pod(HTTPS, `httpGet: { port: 8443, scheme: HTTP } ${MARK}`),
    'C3 S-072 HTTPS to a port without it': pod('nginx:1.27', `httpGet: { port: 80, scheme: HTTPS } ${MARK}`),
    'C3 of a liveness probe': pod(HTTPS, `httpGet: { port: 8443 } ${MARK}`, 'livenessProbe'),
  },
});
