import { testRule } from '../testing/test-rule.ts';
import rule from './unanswered-health-check.ts';

const MARK = '# warning: unanswered-health-check';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer';
const ALB = 'alb.ingress.kubernetes.io';

const service = (annotations = '', type = 'LoadBalancer'): string => `
apiVersion: v1
kind: Service
metadata:
  name: pier
  namespace: harbour
${annotations && `  annotations:\n    ${annotations}\n`}spec: { type: ${type}, selector: { app: pier }, ports: [{ name: web, port: 80, targetPort: 8080, nodePort: 30080 }] }
`;
const pod = `---
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour, labels: { app: pier } }
spec: { containers: [{ name: pier, image: example.com/pier, ports: [{ containerPort: 8080 }] }] }
`;
const nlb = (port: string, target: string, mark = ''): string =>
  service(`${NLB}-nlb-target-type: ${target}\n    ${NLB}-healthcheck-port: "${port}" ${mark}`) + pod;
const alb = (port: string, target: string, mark = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: pier
  namespace: harbour
  annotations:
    ${ALB}/target-type: ${target}
    ${ALB}/healthcheck-port: "${port}" ${mark}
spec:
  ingressClassName: alb
  rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }] } }]
---${service('', 'NodePort')}${pod}`;

const backendConfig = (port: string, type: string, more = ''): string => `
apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata: { name: health, namespace: harbour }
spec:
  healthCheck:
    type: HTTP
    port: ${port}
---${service(`cloud.google.com/backend-config: '{"default": "health"}'\n    ${more}`, type).replace(type === 'ClusterIP' ? ', nodePort: 30080' : '\0', '')}${pod}`;
const policy = (port: string, way = 'USE_FIXED_PORT'): string => `
apiVersion: networking.gke.io/v1
kind: HealthCheckPolicy
metadata: { name: pier, namespace: harbour }
spec:
  default:
    config:
      type: HTTP
      httpHealthCheck:
        portSpecification: ${way}
        port: ${port}
  targetRef: { group: "", kind: Service, name: pier }
---${service('', 'ClusterIP').replace(', nodePort: 30080', '')}${pod}`;

testRule(rule, {
  accepts: {
    'GKE asks the Pods for their own number': backendConfig('8080', 'ClusterIP'),
    'GKE may ask the nodes': backendConfig('30080', 'NodePort'),
    'another Service names the BackendConfig': backendConfig('80', 'ClusterIP').replace(
      '"health"}',
      '"other"}',
    ),
    'a policy of GKE asks the Pods for their own number': policy('8080'),
    'a policy that takes the port that is served': policy('80', 'USE_SERVING_PORT'),
    'where the traffic goes': nlb('traffic-port', 'ip'),
    'the port of the Pods': nlb('8080', 'ip'),
    'a port of the Pods that nobody declares': nlb('9000', 'ip'),
    'the port of the nodes': nlb('30080', 'instance'),
    'kube-proxy answers on every node': nlb('10256', 'instance'),
    'the targets are not told': service(`${NLB}-healthcheck-port: "80"`) + pod,
    'no Pods are in the input': service(`${NLB}-nlb-target-type: ip\n    ${NLB}-healthcheck-port: "80"`),
    'an ALB asks the Pods': alb('8080', 'ip'),
    'an ALB asks by the name of a Service port': alb('web', 'ip'),
    'a port that is filled in': nlb('${PORT}', 'ip'),
  },
  rejects: {
    'GKE asks the Pods for the number of the Service': backendConfig(`80 ${MARK}`, 'ClusterIP'),
    'GKE asks the Pods behind a Service of endpoint groups': backendConfig(
      `80 ${MARK}`,
      'NodePort',
      `cloud.google.com/neg: '{"ingress": true}'`,
    ),
    'a policy of GKE asks the Pods for the number of the Service': policy(`80 ${MARK}`),
    'the number of the Service is none of the Pods': nlb('80', 'ip', MARK),
    'the number of the node is none of the Pods': nlb('30080', 'ip', MARK),
    'the number of the Pods is none of the nodes': nlb('8080', 'instance', MARK),
    'an ALB asks the Pods for the number of the Service': alb('80', 'ip', MARK),
    'an ALB asks the nodes for the number of the Pods': alb('8080', 'instance', MARK),
    'an ALB asks by a name that the Service has not': alb('health', 'ip', MARK),
    'Azure asks the nodes for the number of the Pods':
      service(`service.beta.kubernetes.io/port_80_health-probe_port: "8080" ${MARK}`) + pod,
    'Hetzner asks the nodes for the number of the Pods':
      service(`load-balancer.hetzner.cloud/health-check-port: "8080" ${MARK}`) + pod,
  },
});
