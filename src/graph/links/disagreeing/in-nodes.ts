import type { ContainerPort, Resource, Workload } from '../../../model/model.ts';
import { portNumber } from '../../../model/ports.ts';
import { containerKeyOf, keyOf } from '../end.ts';
import type { HostLink } from '../node-links.ts';
import type { Disagreement } from '../stated.ts';

/**
 * What is asked of the node, and what it gives. The numbers at the two ends say nothing of that: they differ where the
 * link is whole as well.
 */
export function inHost(link: HostLink): Disagreement[] {
  switch (link.proof?.what) {
    case 'node-port-of-cluster-ip':
      return [{ what: 'type', from: 'ClusterIP', to: 'NodePort' }];
    case 'node-port-out-of-range': {
      const { first, last } = link.proof.values;
      return [{ what: 'nodePort', from: String(askedOf(link)), to: `${first}-${last}` }];
    }
    case 'host-port-taken':
    case 'node-port-taken':
      return [{ what: 'for', ...rivalsOf(link) }];
    default:
      return [];
  }
}

const askedOf = (link: HostLink): number | undefined =>
  portNumber(link.field === 'nodePort' ? link.servicePort.nodePort : link.containerPort.hostPort);

/** Who asks for the port and who has it, told by as little as tells them apart. */
function rivalsOf(link: HostLink): { from: string; to: string } {
  const [own, other] = holdersOf(link);
  const [from, to] = NAMES.map((nameOf) => [nameOf(own), nameOf(other)] as const).find(
    ([one, another]) => one !== another,
  ) ?? ['one', 'another'];
  return { from, to };
}

interface Holder {
  readonly resource: Resource;
  /** Which of its ports, by name. */
  readonly port: string;
}

const NAMES: readonly ((holder: Holder) => string)[] = [
  ({ resource: { kind, name } }) => `${kind} ${name}`,
  ({ resource: { kind, namespace, name } }) => `${kind} ${namespace}/${name}`,
  ({ port }) => port,
];

function holdersOf(link: HostLink): readonly [Holder, Holder] {
  if (link.field === 'nodePort') {
    const { service, servicePort, rival } = link;
    const taken = rival?.servicePort ? keyOf(rival.servicePort) : 'healthCheckNodePort';
    return [
      { resource: service, port: keyOf(servicePort) },
      { resource: rival?.service ?? service, port: taken },
    ];
  }
  const { workload, containerPort, rival } = link;
  return [
    { resource: workload, port: inContainer(workload, containerPort) },
    {
      resource: rival?.workload ?? workload,
      port: rival ? inContainer(rival.workload, rival.containerPort) : '',
    },
  ];
}

/** `oven http`: the port of a container, told apart from those of its neighbours. */
function inContainer({ template }: Workload, port: ContainerPort): string {
  const container = template.containers.find(({ ports }) => ports.includes(port));
  return `${container?.name ?? ''} ${containerKeyOf(port)}`;
}
