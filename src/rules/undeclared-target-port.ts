import { keyOf } from '../graph/links/end.ts';
import { bindFinder } from '../graph/processes/bind-of.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { describe } from '../model/describe.ts';
import type { ContainerPort } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { type Protocol, protocolOf } from '../model/protocol.ts';
import { isImplicitTargetPort } from '../questions/services/implicit-target-port.ts';
import { defineRule, type Rule } from './rule.ts';

const undeclaredTargetPort: Rule = defineRule({
  id: 'undeclared-target-port',
  severity: 'info',
  summary: 'A Service forwards to a number that no container declares, although they declare other ports.',

  *check(graph) {
    const bindOf = bindFinder(graph);
    for (const link of graph.targetPorts) {
      const { service, servicePort, workload, number, protocol } = link;
      const { targetPort, port } = servicePort;
      if (!targetPort || isImplicitTargetPort(servicePort) || link.state !== 'whole' || link.distant)
        continue;
      // Whoever is known to listen there, or not to, makes the declaration beside the point.
      if (number === undefined || bindOf(link)?.state !== 'unproved') continue;
      // Where only another workload declares it, the question is why this one is selected at all.
      if (graph.targetPortsOf(service).some((other) => other.servicePort === servicePort && other.declared))
        continue;
      const declared = declaredPorts(workload).filter((one) => portNumber(one.number) !== undefined);
      if (declared.length === 0) continue;
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

/** The protocol goes without saying where it is the one that is asked for. */
const worded =
  (wanted: Protocol) =>
  ({ number, protocol }: ContainerPort): string =>
    `${number!.value}${protocolOf(protocol) === wanted ? '' : `/${protocolOf(protocol)}`}`;

const listed = (ports: readonly string[]): string =>
  ports.length > 4 ? `${ports.length} others` : ports.join(', ');

export default undeclaredTargetPort;
