import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import { protocolOf } from '../model/protocol.ts';
import { type SharedPort, sharedPorts } from '../questions/nodes/load-balancers.ts';
import { defineRule, type Label, type Rule } from './rule.ts';

const sharedLoadBalancerPort: Rule = defineRule({
  id: 'shared-load-balancer-port',
  severity: 'warning',
  summary: 'Two Services of type LoadBalancer ask for one port of one address.',

  *check(graph) {
    for (const shared of sharedPorts(graph)) {
      const { service, servicePort, why, address, rival } = shared;
      const port = `${servicePort.port!.value}/${protocolOf(servicePort.protocol)}`;
      yield {
        message:
          why === 'address'
            ? `${describe(service)} asks for port ${port} of ${address!.value}, which ${holderOf(rival)} asks for, too`
            : `${describe(service)} asks k3s for port ${port} of its nodes, which ${holderOf(rival)} ${rival.is === 'chart' ? 'leaves to Traefik' : 'asks for, too'}`,
        resources: rival.is === 'service' ? [service, rival.service] : [service],
        field: `spec.ports[${keyOf(servicePort)}].port`,
        labels: [
          { at: servicePort.port!.at, message: 'the second to ask for it' },
          ...(address ? [{ at: address.at, message: 'of this address' }] : []),
          ...labelsOf(rival),
        ],
        notes: [NOTES[why]],
        help: [
          why === 'address'
            ? 'give one of them another address or another port'
            : 'make it a ClusterIP behind an Ingress, or give it another port; with another load balancer, such as MetalLB, name it by `loadBalancerClass`',
        ],
      };
    }
  },
});

const NOTES: Readonly<Record<SharedPort['why'], string>> = {
  address:
    'Services may share an address where the load balancer permits it, but never a port of it: the second stays without an address, as `<pending>`',
  nodes:
    "k3s gives each LoadBalancer Service a DaemonSet that takes the port of every node; the second stays Pending with `node(s) didn't have free ports for the requested pod ports`, and so does its address",
};

function holderOf(rival: SharedPort['rival']): string {
  if (rival.is === 'service') return describe(rival.service);
  return describe(rival.is === 'chart' ? rival.chart : rival.hostPort.workload);
}

function labelsOf(rival: SharedPort['rival']): Label[] {
  if (rival.is === 'chart') {
    return [{ at: rival.chart.nameAt, message: 'the Traefik of k3s, on 80 and 443 unless set up otherwise' }];
  }
  if (rival.is === 'host-port') {
    const { hostPort, number, at } = rival.hostPort.containerPort;
    return [{ at: (hostPort ?? number ?? { at }).at, message: 'takes the port of every node' }];
  }
  return [
    { at: rival.servicePort.port!.at, message: 'the first' },
    ...(rival.address ? [{ at: rival.address.at, message: 'the same address' }] : []),
  ];
}

export default sharedLoadBalancerPort;
