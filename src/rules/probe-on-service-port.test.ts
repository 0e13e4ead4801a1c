import { testRule } from '../testing/test-rule.ts';
import rule from './probe-on-service-port.ts';

const deployment = (ports: string, probe: string, image = 'example/oven'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: bakery } }
    spec:
      containers:
        - name: oven
          image: ${image}
          ports: ${ports}
          ${probe}
`;
const service = (ports: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [${ports}] }
`;
const PORTS = '[{ name: web, containerPort: 8080 }]';
const TO_WEB = service('{ port: 80, targetPort: web }');
const MARK = '# warning: probe-on-service-port';
const UDP = '[{ name: log, containerPort: 5514, protocol: UDP }]';

testRule(rule, {
  accepts: {
    'the port of the container': deployment(PORTS, 'readinessProbe: { httpGet: { port: 8080 } }') + TO_WEB,
    'its name': deployment(PORTS, 'readinessProbe: { httpGet: { port: web } }') + TO_WEB,
    'a number that no Service has': deployment(PORTS, 'readinessProbe: { httpGet: { port: 81 } }') + TO_WEB,
    'the Service maps nothing':
      deployment('[]', 'readinessProbe: { httpGet: { port: 80 } }') + service('{ port: 80 }'),
    'both are declared':
      deployment(
        '[{ containerPort: 8080 }, { containerPort: 80 }]',
        'livenessProbe: { tcpSocket: { port: 80 } }',
      ) + service('{ port: 80, targetPort: 8080 }'),
    'the program is known to have it':
      deployment(PORTS, 'readinessProbe: { httpGet: { port: 80 } }', 'nginx') + TO_WEB,
    'TCP and UDP': deployment(
      '[{ containerPort: 53 }, { containerPort: 53, protocol: UDP }]',
      'readinessProbe: { tcpSocket: { port: 53 } }',
    ),
  },
  rejects: {
    'C1 readiness': deployment(PORTS, `readinessProbe: { httpGet: { port: 80 } } ${MARK}`) + TO_WEB,
    'C1 liveness by TCP': deployment(PORTS, `livenessProbe: { tcpSocket: { port: 80 } } ${MARK}`) + TO_WEB,
    'C1 startup by gRPC': deployment(PORTS, `startupProbe: { grpc: { port: 80 } } ${MARK}`) + TO_WEB,
    'C1 where the Service forwards to a number':
      deployment(PORTS, `readinessProbe: { httpGet: { port: 80 } } ${MARK}`) +
      service('{ port: 80, targetPort: 8080 }'),
    'C1 the nodePort':
      deployment(PORTS, `readinessProbe: { httpGet: { port: 30080 } } ${MARK}`) +
      service('{ port: 80, targetPort: web, nodePort: 30080 }'),
    'a port for SCTP': deployment(
      '[{ containerPort: 38412, protocol: SCTP }]',
      `livenessProbe: { tcpSocket: { port: 38412 } } ${MARK}`,
    ),
    'a port for UDP by its name': deployment(UDP, `readinessProbe: { tcpSocket: { port: log } } ${MARK}`),
    'a port for UDP by its number': deployment(UDP, `livenessProbe: { httpGet: { port: 5514 } } ${MARK}`),
  },
});
