import { keyOf } from '../graph/links/end.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { describe } from '../model/describe.ts';
import type { ContainerPort } from '../model/model.ts';
import { callContainerPort, type PortChange } from '../model/port-edits.ts';
import { isPortName, portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { isTransient } from '../questions/services/transient.ts';
import { areNeighbours } from '../text/bundle.ts';
import { spell } from '../text/spell.ts';
import { nearest } from '../text/suggest.ts';
import { asChoices, defineRule, type Rule } from './rule.ts';

const partlyResolvedTargetPort: Rule = defineRule({
  id: 'partly-resolved-target-port',
  severity: 'warning',
  summary: 'A Service forwards to a port name that only some of the workloads it selects declare.',

  *check(graph) {
    for (const link of graph.targetPorts) {
      const { service, servicePort, workload, protocol } = link;
      const { targetPort, port } = servicePort;
      if (link.state !== 'broken' || typeof targetPort?.value !== 'string' || !isPortName(targetPort.value))
        continue;
      // Without an endpoint a task is left in peace, as it should be.
      if (isTransient(workload)) continue;
      const there = graph
        .targetPortsOf(service)
        .find((other) => other.servicePort === servicePort && other.state === 'whole' && other.declared);
      if (!there?.declared?.name) continue;
      // Both at once are certain only where they lie together, or the Service with the one that lacks the name.
      if (!areNeighbours(workload, there.workload) && !areNeighbours(workload, service)) continue;

      const name = targetPort.value;
      const named = workload.template.containers
        .filter(({ role }) => role !== 'init')
        .flatMap(({ ports }) => ports)
        .filter((one) => one.name && protocolOf(one.protocol) === protocol);
      const [meant] = nearest(name, namesOf(named));
      const misnamed = named.find((one) => one.name!.value === meant);
      yield {
        message: `${describe(service)} forwards port ${port?.value ?? '?'} to \`${name}\`, which ${describe(there.workload)} declares and ${describe(workload)} does not`,
        resources: [service, workload],
        field: `spec.ports[${keyOf(servicePort)}].targetPort`,
        link,
        labels: [
          { at: targetPort.at, message: `not every selected Pod has a ${protocol} port of this name` },
          misnamed
            ? { at: misnamed.name!.at, message: 'the nearest name here' }
            : { at: workload.template.containersAt, message: `no ${protocol} port of this name here` },
          { at: there.declared.name.at, message: 'declared here' },
        ],
        notes: [
          'a Pod without the name gets no endpoint for this port: it is Ready and selected, and no traffic ever reaches it',
        ],
        help: misnamed
          ? []
          : ['declare the name in these containers too, or give the selector a label that they lack'],
        fixes: asChoices([
          ...(misnamed
            ? [{ title: `call it \`${name}\` here too`, edits: [spell(misnamed.name!.at, name)] }]
            : callNumbered(link, there.declared, name)),
          ...byNumber(graph, link, there.declared),
        ]),
      };
    }
  },
});

const numbered = (
  { workload, protocol }: TargetPortLink,
  { number }: ContainerPort,
): ContainerPort | undefined =>
  declaredPorts(workload).find(
    (one) => portNumber(one.number) === portNumber(number) && protocolOf(one.protocol) === protocol,
  );

/** The port of the same number has no name here. */
function callNumbered(link: TargetPortLink, there: ContainerPort, name: string): PortChange[] {
  const same = numbered(link, there);
  return same && !same.name ? callContainerPort(same, name) : [];
}

/** The Service's end: the number, where all that it selects declare it under whatever name. */
function byNumber(
  graph: PortGraph,
  { service, servicePort }: TargetPortLink,
  there: ContainerPort,
): PortChange[] {
  const number = portNumber(there.number);
  const links = graph.targetPortsOf(service).filter((one) => one.servicePort === servicePort);
  if (number === undefined || !links.every((one) => numbered(one, there))) return [];
  return [
    {
      title: `point targetPort at \`${number}\``,
      edits: [{ at: servicePort.targetPort!.at, text: String(number) }],
    },
  ];
}

const namesOf = (ports: readonly ContainerPort[]): string[] => ports.map(({ name }) => name!.value);

export default partlyResolvedTargetPort;
