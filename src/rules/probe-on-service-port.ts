import type { ProbeLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import type { Service, ServicePort } from '../model/model.ts';
import { portNumber, wantedPort } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { PROBE_NAMES } from '../questions/processes/probe-names.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const probeOnServicePort: Rule = defineRule({
  id: 'probe-on-service-port',
  severity: 'warning',
  summary: 'A probe dials a number of the Service, or a port that the container declares for UDP or SCTP.',

  *check(graph) {
    const services = servicesByWorkload(graph);
    for (const link of graph.probes) {
      // What the process is known to do is told elsewhere.
      if (link.state !== 'unproved' || link.number === undefined || link.probe.host) continue;
      const other = notTcp(link);
      if (other) yield byAnother(link, other);
      const taken = link.declared
        ? undefined
        : services.get(link.workload)?.find((one) => isTaken(one, link));
      if (taken) yield ofService(link, taken);
    }
  },
});

interface Forward {
  readonly service: Service;
  readonly servicePort: ServicePort;
  /** The port of the Pod; undefined for a name that finds nothing. */
  readonly number: number | undefined;
}

function servicesByWorkload({ targetPorts }: PortGraph): Map<ProbeLink['workload'], Forward[]> {
  const found = new Map<ProbeLink['workload'], Forward[]>();
  for (const { workload, service, servicePort, number } of targetPorts) {
    found.set(workload, [...(found.get(workload) ?? []), { service, servicePort, number }]);
  }
  return found;
}

/** The Service or the nodes have this number, it leads to another port, and the container declares that one alone. */
const isTaken = ({ servicePort, number }: Forward, { number: dialled, container }: ProbeLink): boolean =>
  [servicePort.port, servicePort.nodePort].some((one) => portNumber(one) === dialled) &&
  number !== undefined &&
  number !== dialled &&
  container.ports.some((port) => portNumber(port.number) === number);

function ofService(link: ProbeLink, { service, servicePort, number }: Forward): Report {
  const { workload, container, probe } = link;
  const target = wantedPort(servicePort);
  const declared = container.ports.find((port) => portNumber(port.number) === number);
  const isNodes = portNumber(servicePort.port) !== link.number;
  return {
    message: `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} dials ${link.number}, the ${isNodes ? 'nodePort' : 'port'} of ${describe(service)}, and the container declares ${number}`,
    resources: [workload, service],
    field: fieldOf(link),
    link,
    labels: [
      {
        at: probe.port.at,
        message: isNodes ? 'opened on the nodes, not in the Pod' : 'the port of the Service, not of the Pod',
      },
      {
        at: ((isNodes ? servicePort.nodePort : servicePort.port) ?? servicePort).at,
        message: `forwards to ${target?.value ?? number}`,
      },
      ...(declared?.number ? [{ at: declared.number.at, message: "the container's port" }] : []),
    ],
    notes: ['the kubelet dials the Pod itself, so that no Service stands between and maps the number'],
    // The probe alone gives way: no number of a Service is ever dialled in a Pod.
    fixes: [
      {
        title: `dial ${number}`,
        applicability: 'unsafe',
        edits: [{ at: probe.port.at, text: String(number) }],
      },
    ],
  };
}

/** Declared for UDP or SCTP, and not for TCP. */
function notTcp({ container, number }: ProbeLink): ProbeLink['declared'] {
  const same = container.ports.filter((port) => portNumber(port.number) === number);
  return same.every(({ protocol }) => protocolOf(protocol) !== 'TCP') ? same[0] : undefined;
}

function byAnother(link: ProbeLink, declared: NonNullable<ProbeLink['declared']>): Report {
  const { workload, container, probe, number } = link;
  const protocol = protocolOf(declared.protocol);
  return {
    message: `${PROBE_NAMES[probe.type]} of container \`${container.name}\` in ${describe(workload)} dials ${number} by TCP, and the container declares it for ${protocol}`,
    resources: [workload],
    field: fieldOf(link),
    link,
    labels: [
      { at: probe.port.at, message: 'dialled by TCP' },
      { at: (declared.protocol ?? declared).at, message: `${protocol} only` },
    ],
    notes: [
      `the kubelet has no probe for ${protocol}; a server without a TCP socket refuses its connections`,
    ],
    help: ['probe a TCP port of the container, or run a command with `exec`'],
  };
}

const fieldOf = ({ container, probe }: ProbeLink): string =>
  `containers[${container.name}].${probe.type}.${probe.handler}.port`;

export default probeOnServicePort;
