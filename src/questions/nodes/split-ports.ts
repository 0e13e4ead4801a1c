import type { Service, ServicePort } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Located } from '../../text/source.ts';

/** Two protocols on one port of a load balancer that has one listener for each port. */
export interface SplitPort {
  readonly first: ServicePort;
  readonly second: ServicePort;
  /** What says which load balancer it is. */
  readonly chosenBy: Located<string>;
}

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

export function splitPorts(service: Service): SplitPort[] {
  const { type, annotations, loadBalancerClass } = service;
  if (type?.value !== 'LoadBalancer') return [];
  if (annotations.get(`${PREFIX}enable-tcp-udp-listener`)?.value === 'true') return [];
  const kind = annotations.get(`${PREFIX}type`);
  const chosenBy =
    kind && /^(?:nlb|nlb-ip|external)$/.test(kind.value)
      ? kind
      : loadBalancerClass?.value === 'service.k8s.aws/nlb'
        ? loadBalancerClass
        : undefined;
  if (!chosenBy) return [];
  return [...groupBy(service.ports, ({ port }) => portNumber(port))].flatMap(
    ([number, [first, ...others]]) => {
      const second = others.find(({ protocol }) => protocolOf(protocol) !== protocolOf(first!.protocol));
      return number === undefined || !second ? [] : [{ first: first!, second, chosenBy }];
    },
  );
}
