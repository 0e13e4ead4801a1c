import { keyOf } from '../graph/links/end.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { mayMean } from '../knowledge/port-role.ts';
import { describe } from '../model/describe.ts';
import { isHeadless } from '../model/headless.ts';
import type { ContainerPort } from '../model/model.ts';
import { callContainerPort } from '../model/port-edits.ts';
import { isPortName, portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const unresolvedTargetPort: Rule = defineRule({
  id: 'unresolved-target-port',
  severity: 'error',
  summary: 'A Service forwards to a port name that no Pod it selects declares with this protocol.',

  *check(graph) {
    const resolved = new Set(
      graph.targetPorts.flatMap(({ state, servicePort }) => (state === 'broken' ? [] : [servicePort])),
    );
    for (const link of graph.targetPorts) {
      const { service, servicePort, workload } = link;
      const { targetPort, port } = servicePort;
      // What can be no port name at all, a quoted number for one, is the concern of other rules.
      if (link.state !== 'broken' || typeof targetPort?.value !== 'string' || !isPortName(targetPort.value))
        continue;
      const name = targetPort.value;
      // A name that some other selected workload has is the concern of partly-resolved-target-port.
      if (resolved.has(servicePort)) continue;

      const isFew = graph.model.budget.allows(portCount(workload), service);
      const names = isFew ? declaredNames(link) : [];
      const namesakes = isFew ? namesakesOf(link) : [];
      const choices = names.map((one) => one.name!.value);
      const [only, ...others] = choices;
      const isMeant = others.length === 0 && mayMean([servicePort.name?.value, name], only);
      const meant = nearest(name, choices)[0] ?? (isMeant ? only : undefined);
      yield {
        // Only who takes the port from its endpoints misses it; clients of the Pods do not.
        severity: isHeadless(service) ? 'warning' : 'error',
        message: `${describe(service)} forwards port ${port?.value ?? '?'} to \`${name}\`, which ${describe(workload)} does not declare`,
        resources: [service, workload],
        field: `spec.ports[${keyOf(servicePort)}].targetPort`,
        link,
        labels: [
          { at: targetPort.at, message: `no ${link.protocol} port has this name` },
          ...(isFew ? otherEnd(link, names, namesakes) : []),
        ],
        notes: [
          'a port name is looked up in every selected Pod, with its protocol; a Pod without it gets no endpoint for this port, and Kubernetes reports no error',
        ],
        help:
          namesakes.length > 0
            ? [underAnotherProtocol(link, namesakes)]
            : names.length === 0
              ? [`name the container's port \`${name}\`, or let targetPort say its number`]
              : [],
        fixes:
          meant !== undefined
            ? eitherEnd(link, name, meant, names)
            : names.length === 0 && namesakes.length === 0 && isFew
              ? toNameless(link, name)
              : [],
      };
    }
  },
});

/** The Service takes the name of the port, or the port that of the Service. */
function eitherEnd(
  { servicePort }: TargetPortLink,
  name: string,
  meant: string,
  names: readonly ContainerPort[],
): Fix[] {
  const asked = names.filter((port) => port.name!.value === meant);
  return [
    {
      title: `point targetPort at \`${meant}\``,
      applicability: 'unsafe',
      edits: [{ at: servicePort.targetPort!.at, text: meant }],
    },
    ...(asked.length === 1 ? callContainerPort(asked[0]!, name) : []).map(
      (one): Fix => ({ ...one, applicability: 'unsafe' }),
    ),
  ];
}

/** The only port that there is has a number alone: the Service takes that, or the port gets the name. */
function toNameless({ workload, servicePort, protocol }: TargetPortLink, name: string): Fix[] {
  const [port, ...more] = declaredPorts(workload).filter((one) => protocolOf(one.protocol) === protocol);
  const number = portNumber(port?.number);
  if (!port || number === undefined || more.length > 0) return [];
  return [
    {
      title: `point targetPort at \`${number}\``,
      edits: [{ at: servicePort.targetPort!.at, text: String(number) }],
    },
    ...callContainerPort(port, name),
  ].map((one): Fix => ({ ...one, applicability: 'unsafe' }));
}

const portCount = ({ template }: TargetPortLink['workload']): number =>
  template.containers.reduce((sum, { ports }) => sum + ports.length, 0);

const declaredNames = ({ workload, protocol }: TargetPortLink): ContainerPort[] =>
  declaredPorts(workload).filter((port) => port.name && protocolOf(port.protocol) === protocol);

const namesakesOf = ({ workload, servicePort }: TargetPortLink): ContainerPort[] =>
  declaredPorts(workload).filter(({ name }) => name?.value === servicePort.targetPort?.value);

/** Names of one container's ports are unique, whatever their protocols. */
function underAnotherProtocol({ protocol }: TargetPortLink, [port]: readonly ContainerPort[]): string {
  const name = `${port!.name!.value}`.slice(0, 15 - '-udp'.length);
  const another = `${name}-${protocol.toLowerCase()}`;
  return `where the process takes ${protocol} as well, add an entry with \`protocol: ${protocol}\` to the container's ports under a name of its own, such as \`${another}\`, and send it there`;
}

const MOST_SHOWN = 4;

/** The same name with another protocol tells most; else what names there are; else where they are missing. */
function otherEnd(
  { workload }: TargetPortLink,
  names: readonly ContainerPort[],
  namesakes: readonly ContainerPort[],
): Label[] {
  if (namesakes.length > 0) {
    return namesakes.slice(0, MOST_SHOWN).map((port) => ({
      at: (port.protocol ?? port.name!).at,
      message: `this one is ${protocolOf(port.protocol)}`,
    }));
  }
  if (names.length === 0) {
    return [{ at: workload.template.containersAt, message: 'no named ports in these containers' }];
  }
  return names.slice(0, MOST_SHOWN).map((port) => ({
    at: port.name!.at,
    message: `names ${port.number?.value ?? '?'}/${protocolOf(port.protocol)}`,
  }));
}

export default unresolvedTargetPort;
