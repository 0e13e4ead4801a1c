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

testRule(rule, {
  accepts: {
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
