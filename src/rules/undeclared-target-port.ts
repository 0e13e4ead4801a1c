import { keyOf } from '../graph/links/end.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { bindFinder } from '../graph/processes/bind-of.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { describe } from '../model/describe.ts';
import type { ContainerPort, ServicePort } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { type Protocol, protocolOf } from '../model/protocol.ts';
import { isImplicitTargetPort } from '../questions/services/implicit-target-port.ts';
import { insertField } from '../text/insert-field.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const undeclaredTargetPort: Rule = defineRule({
  id: 'undeclared-target-port',
  severity: 'info',
  summary: 'A Service forwards to a number that no container declares, although they declare other ports.',

  *check(graph) {
    const bindOf = bindFinder(graph);
    let declaredFor: ReadonlySet<ServicePort> | undefined;
    for (const link of graph.targetPorts) {
      const { service, servicePort, workload, number, protocol } = link;
      const { targetPort, port } = servicePort;
      if (!targetPort || isImplicitTargetPort(servicePort) || link.state !== 'whole' || link.distant)
        continue;
      // Whoever is known to listen there, or not to, makes the declaration beside the point.
      if (number === undefined || bindOf(link)?.state !== 'unproved') continue;
      // Where only another workload declares it, the question is why this one is selected at all.
      declaredFor ??= new Set(graph.targetPorts.flatMap((one) => (one.declared ? one.servicePort : [])));
      if (declaredFor.has(servicePort)) continue;
      const declared = declaredPorts(workload).filter((one) => portNumber(one.number) !== undefined);
      if (declared.length === 0) continue;
      const same = declared.find((one) => portNumber(one.number) === number);
      // A Service that carries both protocols speaks of a server that takes both, whatever is declared.
      const isBoth = service.ports.some(
        (one) => one !== servicePort && portNumber(one.port) === portNumber(port),
      );
      if (same && !isBoth) {
        yield byAnother(link, same);
        continue;
      }
      yield {
        message: `${describe(service)} forwards port ${port?.value ?? '?'} to ${number}, and ${describe(workload)} declares ${listed(declared.map(worded(protocol)))}`,
        resources: [service, workload],
        field: `spec.ports[${keyOf(servicePort)}].targetPort`,
        link,
        labels: [
          { at: targetPort.at, message: `no container declares ${number}/${protocol}` },
          ...declared.slice(0, 4).map((one) => ({ at: one.number!.at, message: 'declared instead' })),
        ],
        notes: [
          'a declaration opens no port and its absence closes none: traffic arrives if the process listens there',
        ],
        help: [`see what the process listens on, then declare ${number} too or forward to the port it has`],
      };
    }
  },
});

/** The very number is declared, for another protocol alone. */
function byAnother(link: TargetPortLink, same: ContainerPort): Report {
  const { service, servicePort, workload, number, protocol } = link;
  const { port, targetPort } = servicePort;
  const own = protocolOf(same.protocol);
  const at = servicePort.protocol;
  const edits = at
    ? [{ at: at.at, text: own }]
    : port
      ? [insertField(servicePort.at, 'protocol', own, port)]
      : [];
  return {
    severity: 'warning',
    message: `${describe(service)} forwards port ${port?.value ?? '?'} to ${number} by ${protocol}, and ${describe(workload)} declares ${number} for ${own} only`,
    resources: [service, workload],
    field: `spec.ports[${keyOf(servicePort)}].targetPort`,
    link,
    labels: [
      {
        at: (at ?? targetPort ?? servicePort).at,
        message: `sent on by ${protocol}${at ? '' : ', as no protocol is said'}`,
      },
      { at: (same.protocol ?? same.number ?? same).at, message: `declared for ${own}` },
    ],
    notes: [
      'TCP and UDP on one number are two ports; a server of the one never sees what comes by the other',
    ],
    help: [`where clients use both, add an entry with \`protocol: ${own}\` to the Service`],
    fixes: edits.length > 0 ? [{ title: `write \`protocol: ${own}\``, applicability: 'unsafe', edits }] : [],
  };
}

/** The protocol goes without saying where it is the one that is asked for. */
const worded =
  (wanted: Protocol) =>
  ({ number, protocol }: ContainerPort): string =>
    `${number!.value}${protocolOf(protocol) === wanted ? '' : `/${protocolOf(protocol)}`}`;

const listed = (ports: readonly string[]): string =>
  ports.length > 4 ? `${ports.length} others` : ports.join(', ');

export default undeclaredTargetPort;
