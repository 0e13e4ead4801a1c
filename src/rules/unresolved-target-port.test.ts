import { testRule } from '../testing/test-rule.ts';
import rule from './unresolved-target-port.ts';

const service = (ports: string, namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: ${namespace} }
spec:
  selector: { app: pier }
  ports:
    - ${ports}
`;
const deployment = (ports: string, name = 'pier'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: pier } }
    spec:
      containers: [{ name: pier, image: ghcr.io/example/pier, ports: ${ports} }]
`;

const headless = (ports: string): string => service(ports).replace('spec:', 'spec:\n  clusterIP: None');
const route = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec: { defaultBackend: { service: { name: pier, port: { number: 80 } } } }
`;
const asking = `
apiVersion: v1
kind: ConfigMap
metadata: { name: crew, namespace: harbour }
data: { peers: 'dns+srv://_web._tcp.pier.harbour.svc' }
`;
const MISSED = '{ name: web, port: 80, targetPort: http } # warning: unresolved-target-port';

testRule(rule, {
  accepts: {
    'S-043 a headless Service forwards nothing': `${headless('{ name: web, port: 80, targetPort: http }')}---${deployment('[]')}`,
    'the name is declared': `${service('{ port: 80, targetPort: http }')}---${deployment('[{ name: http, containerPort: 8080 }]')}`,
    'S-026 a number needs no declaration': `${service('{ port: 80, targetPort: 8080 }')}---${deployment('[]')}`,
    'equal labels in another namespace are not selected': `${service('{ port: 80, targetPort: http }', 'shipyard')}---${deployment('[]')}`,
    'another selected workload has the name': `${service('{ port: 80, targetPort: http }')}---${deployment('[]')}---${deployment('[{ name: http, containerPort: 1 }]', 'quay')}`,
    'S-002 a quoted number is another mistake': `${service('{ port: 80, targetPort: "8080" }')}---${deployment('[]')}`,
  },
  rejects: {
    'S-043 a route takes the port from the endpoints of a headless Service': `${headless(MISSED)}---${deployment('[]')}---${route}`,
    'S-043 a client asks DNS for the port of a headless Service': `${headless(MISSED)}---${deployment('[]')}---${asking}`,
    'the name is spelled differently': `${service('{ port: 80, targetPort: http-web } # error: unresolved-target-port')}---${deployment('[{ name: http, containerPort: 8080 }]')}`,
    'S-027 the name exists for another protocol': `${service('{ port: 53, targetPort: dns } # error: unresolved-target-port')}---${deployment('[{ name: dns, containerPort: 53, protocol: UDP }]')}`,
    'nothing is named': `${service('{ port: 80, targetPort: http } # error: unresolved-target-port')}---${deployment('[{ containerPort: 8080 }]')}`,
  },
});
