import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import { splitPorts } from '../questions/nodes/split-ports.ts';
import { defineRule, type Rule } from './rule.ts';

const splitLoadBalancerPort: Rule = defineRule({
  id: 'split-load-balancer-port',
  severity: 'warning',
  summary:
    'A Network Load Balancer of AWS is to have TCP and UDP on one port, and makes one listener of them.',

  *check({ model }) {
    for (const service of model.services) {
      for (const { first, second, chosenBy } of splitPorts(service)) {
        yield {
          message: `${describe(service)} asks an AWS Network Load Balancer for TCP and UDP on port ${second.port!.value}, and lacks the annotation that makes one listener of both`,
          resources: [service],
          field: `spec.ports[${keyOf(second)}]`,
          labels: [
            { at: second.port!.at, message: 'the second protocol on this port' },
            { at: first.port!.at, message: 'the first' },
            { at: chosenBy.at, message: 'asks for a Network Load Balancer' },
          ],
          notes: [
            'a port of the load balancer has one listener: without the annotation only one of the two protocols gets it, or none where Kubernetes itself makes the load balancer',
            'source: kubernetes-sigs/aws-load-balancer-controller#4405',
          ],
          help: [
            `annotate it with \`${LISTENER}: "true"\`, for a version of the AWS Load Balancer Controller that knows it, or give each protocol a Service or a port of its own`,
          ],
        };
      }
    }
  },
});

const LISTENER = 'service.beta.kubernetes.io/aws-load-balancer-enable-tcp-udp-listener';

export default splitLoadBalancerPort;
