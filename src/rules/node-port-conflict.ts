import { keyOf } from '../graph/end.ts';
import { describe } from '../model/describe.ts';
import { defineRule, type Rule } from './rule.ts';

const nodePortConflict: Rule = defineRule({
  id: 'node-port-conflict',
  severity: 'error',
  summary: 'Two Service ports ask for one nodePort.',

  *check(graph) {
    const told = new Set<string>();
    for (const link of graph.nodePorts) {
      if (link.fault !== 'conflict' || !link.rival) continue;
      const { service, servicePort, rival } = link;
      const ends = [{ service, servicePort }, rival].sort((a, b) => compare(nameOf(a), nameOf(b)));
      const pair = ends.map(nameOf).join(' ');
      if (told.has(pair)) continue;
      told.add(pair);
      const [first, second] = ends as [typeof rival, typeof rival];
      const number = servicePort.nodePort!.value;
      yield {
        message:
          first.service === second.service
            ? `two ports of ${describe(first.service)} ask for nodePort ${number}`
            : `${describe(first.service)} and ${describe(second.service)} both ask for nodePort ${number}`,
        resources: [first.service, second.service],
        field: `spec.ports[${keyOf(second.servicePort)}].nodePort`,
        link: graph.nodePorts.find((one) => one.servicePort === second.servicePort) ?? link,
        labels: [
          { at: second.servicePort.nodePort!.at, message: 'refused: provided port is already allocated' },
          { at: first.servicePort.nodePort!.at, message: 'the same number' },
        ],
        notes: [
          'a nodePort is opened on every node, so a number belongs to one Service of the whole cluster, whatever the namespace or protocol',
        ],
        help: [
          'choose another number from 30000 to 30085, a range that is kept free for such requests, or leave nodePort out',
        ],
      };
    }
  },
});

const nameOf = ({
  service,
  servicePort,
}: {
  service: { namespace: string; name: string };
  servicePort: Parameters<typeof keyOf>[0];
}): string => `${service.namespace}/${service.name}/${keyOf(servicePort)}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export default nodePortConflict;
