import { testRule } from '../testing/test-rule.ts';
import rule from './undefined-annotation-port.ts';

const service = (annotation: string, ports = '{ name: web, port: 80, targetPort: 8080 }'): string => `
apiVersion: v1
kind: Service
metadata:
  name: pier
  namespace: harbour
  annotations:
    ${annotation}
spec: { type: NodePort, selector: { app: pier }, ports: [${ports}] }
`;
const MARK = '# warning: undefined-annotation-port';
const config = (json: string, mark = ''): string =>
  service(`cloud.google.com/backend-config: '${json}' ${mark}`);
const neg = (json: string, mark = ''): string => service(`cloud.google.com/neg: '${json}' ${mark}`);
const protocols = (json: string, mark = ''): string =>
  service(`cloud.google.com/app-protocols: '${json}' ${mark}`);

const LB = 'service.beta.kubernetes.io';

testRule(rule, {
  accepts: {
    'TLS of AWS for a port by name and by number': service(`${LB}/aws-load-balancer-ssl-ports: "web, 80"`),
    'TLS of AWS for every port': service(`${LB}/aws-load-balancer-ssl-ports: "*"`),
    'checks of AWS at the port of the traffic': service(
      `${LB}/aws-load-balancer-healthcheck-port: traffic-port`,
    ),
    'checks of AWS at a number, which is one of the targets': service(
      `${LB}/aws-load-balancer-healthcheck-port: "8080"`,
    ),
    'checks of DigitalOcean at a port': service(`${LB}/do-loadbalancer-healthcheck-port: "80"`),
    'a name that Azure probes': service(`${LB}/port_80_health-probe_port: WEB`),
    'a number that Azure probes': service(`${LB}/port_80_health-probe_port: "10256"`),
    'checks of Azure for a port': service(`${LB}/port_80_health-probe_protocol: http`),
    'E13 a BackendConfig for a port by name': config('{"ports": {"web":"checks"}}'),
    'E13 a BackendConfig for a port by number': config('{"ports": {"80":"checks"}}'),
    'E13 a BackendConfig for all ports': config('{"default": "checks"}'),
    'E13 endpoint groups for Ingresses': neg('{"ingress": true}'),
    'E13 an endpoint group for a port': neg('{"exposed_ports": {"80": {"name": "pier"}}}'),
    'E6 a protocol for a port by name': protocols('{"web":"HTTPS"}'),
    'what is no JSON': config('{"ports":'),
    'no object': config('["web"]'),
    'a name that is filled in later': service(
      `cloud.google.com/app-protocols: '{"web":"HTTPS"}'`,
      '{ name: "${NAME}", port: 80 }',
    ),
    'a key that is filled in later': protocols('{"${NAME}":"HTTPS"}'),
  },
  rejects: {
    'TLS of AWS for the targetPort': service(`${LB}/aws-load-balancer-ssl-ports: "8080" ${MARK}`),
    'TLS of AWS for another name': service(`${LB}/aws-load-balancer-ssl-ports: "web,wbe" ${MARK}`),
    'checks of AWS at another name': service(`${LB}/aws-load-balancer-healthcheck-port: health ${MARK}`),
    'checks of DigitalOcean at the targetPort': service(
      `${LB}/do-loadbalancer-healthcheck-port: "8080" ${MARK}`,
    ),
    'checks of Azure for the targetPort': service(
      `${LB}/port_8080_health-probe_request-path: /healthz ${MARK}`,
    ),
    'a name that Azure probes, and no port has': service(`${LB}/port_80_health-probe_port: health ${MARK}`),
    'a port of Linode that is none': service(
      `${LB}/linode-loadbalancer-port-443: '{"protocol":"https"}' ${MARK}`,
    ),
    'E13 a BackendConfig for the targetPort': config('{"ports": {"8080":"checks"}}', MARK),
    'E13 a BackendConfig for another name': config('{"ports": {"wbe":"checks"}}', MARK),
    'E13 an endpoint group for the targetPort': neg('{"exposed_ports": {"8080":{}}}', MARK),
    'E13 an endpoint group by name': neg('{"exposed_ports": {"web":{}}}', MARK),
    'E6 a protocol for another port': protocols('{"tea":"HTTPS"}', MARK),
  },
});
