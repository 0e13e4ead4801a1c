import { testRule } from '../testing/test-rule.ts';
import rule from './split-load-balancer-port.ts';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer';
const service = (annotations: string, ports: string, spec = 'type: LoadBalancer'): string => `
apiVersion: v1
kind: Service
metadata: { name: lighthouse, annotations: { ${annotations} } }
spec:
  ${spec}
  selector: { app: lighthouse }
  ports:
    - { name: dns, port: 53 }
    - ${ports}
`;
const UDP = '{ name: dns-udp, port: 53, protocol: UDP }';
const NLB = `${PREFIX}-type: nlb`;
const MARK = '# warning: split-load-balancer-port';

testRule(rule, {
  accepts: {
    'with the annotation': service(`${NLB}, ${PREFIX}-enable-tcp-udp-listener: "true"`, UDP),
    'two numbers': service(NLB, '{ name: dns-udp, port: 54, protocol: UDP }'),
    'another load balancer': service('', UDP),
    'no load balancer': service(NLB, UDP, 'type: NodePort'),
    'a class of another cloud': service('', UDP, 'type: LoadBalancer\n  loadBalancerClass: metallb.io/l2'),
  },
  rejects: {
    'TCP and UDP on one port': service(NLB, `${UDP} ${MARK}`),
    'for the AWS Load Balancer Controller': service(`${PREFIX}-type: external`, `${UDP} ${MARK}`),
    'by its class': service(
      '',
      `${UDP} ${MARK}`,
      'type: LoadBalancer\n  loadBalancerClass: service.k8s.aws/nlb',
    ),
    'an annotation that says no': service(
      `${NLB}, ${PREFIX}-enable-tcp-udp-listener: "false"`,
      `${UDP} ${MARK}`,
    ),
  },
});
