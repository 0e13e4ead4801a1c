import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import { portNumber } from '../model/ports.ts';
import { defineRule, type Rule } from './rule.ts';

const headlessPortMapping: Rule = defineRule({
  id: 'headless-port-mapping',
  severity: 'warning',
  summary: 'A headless Service maps no ports, yet its port and targetPort differ.',

  *check(graph) {
    for (const link of graph.targetPorts) {
      const { service, servicePort, workload, number, declared } = link;
      const port = portNumber(servicePort.port);
      if (
        service.clusterIP?.value !== 'None' ||
        number === undefined ||
        port === undefined ||
        port === number
      )
        continue;
      // One finding for a Service port, however many workloads it selects.
      if (
        graph.targetPortsOf(service).find((one) => one.servicePort === servicePort && one.number !== port) !==
        link
      )
        continue;
      const target = servicePort.targetPort ?? servicePort.port!;
      yield {
        message: `headless ${describe(service)} has port ${port}, but its Pods answer on ${number}`,
        resources: [service, workload],
        field: `spec.ports[${keyOf(servicePort)}].port`,
        labels: [
          { at: servicePort.port!.at, message: 'nothing listens on this number' },
          { at: (declared?.number ?? target).at, message: 'clients must dial this one' },
        ],
        notes: [
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

export default headlessPortMapping;
