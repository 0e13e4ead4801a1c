import { keyOf } from '../graph/links/end.ts';
import type { BindLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { bindFinder } from '../graph/processes/bind-of.ts';
import { describe } from '../model/describe.ts';
import { isHeadless } from '../model/headless.ts';
import type { ServicePort } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { type ProcessEnd, processEndOf } from '../questions/processes/process-end.ts';
import { isImplicitTargetPort } from '../questions/services/implicit-target-port.ts';
import { defineRule, type Rule } from './rule.ts';

const headlessPortMapping: Rule = defineRule({
  id: 'headless-port-mapping',
  severity: 'warning',
  summary: 'A headless Service maps no ports, yet its port and targetPort differ.',

  *check(graph) {
    const bindOf = bindFinder(graph);
    const told = new Set<ServicePort>();
    for (const link of graph.targetPorts) {
      const { service, servicePort, workload, declared } = link;
      if (!isHeadless(service)) continue;
      const port = portNumber(servicePort.port);
      const open = isImplicitTargetPort(servicePort) ? openBehind(graph, bindOf(link)) : undefined;
      const number = open?.port ?? link.number;
      if (number === undefined || port === undefined || port === number) continue;
      // One finding for a Service port, however many workloads it selects.
      if (told.has(servicePort)) continue;
      told.add(servicePort);
      const target = servicePort.targetPort ?? servicePort.port!;
      yield {
        message: `headless ${describe(service)} has port ${port}, but its Pods answer on ${number}`,
        resources: [service, workload],
        field: `spec.ports[${keyOf(servicePort)}].port`,
        labels: [
          { at: servicePort.port!.at, message: 'nothing listens on this number' },
          open
            ? { at: open.at, message: `listens on ${open.port}` }
            : { at: (declared?.number ?? target).at, message: 'clients must dial this one' },
        ],
        notes: [
          ...(open?.grounds ?? []),
          'a headless Service has no address of its own: its name gives the addresses of the Pods, clients dial them directly, and nothing translates the port',
        ],
        fixes: [
          {
            title: `set port to ${number}`,
            applicability: 'unsafe',
            edits: [{ at: servicePort.port!.at, text: String(number) }],
          },
        ],
      };
    }
  },
});

interface OpenPort extends Pick<ProcessEnd, 'at' | 'grounds'> {
  readonly port: number;
}

/** The one port that the process is known to listen on, where it is not the one that the Service says. */
function openBehind(graph: PortGraph, bind: BindLink | undefined): OpenPort | undefined {
  if (!bind?.listener || !bind.process?.complete || bind.state === 'whole') return undefined;
  const { open, at, grounds } = processEndOf(graph, bind, bind.protocol);
  const [port, ...more] = open;
  return port === undefined || more.length > 0 || port === bind.number ? undefined : { port, at, grounds };
}

export default headlessPortMapping;
