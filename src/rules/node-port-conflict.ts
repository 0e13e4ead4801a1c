import { keyOf } from '../graph/links/end.ts';
import type { NodePortLink } from '../graph/links/node-links.ts';
import { describe } from '../model/describe.ts';
import type { ServicePort } from '../model/model.ts';
import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import { defineRule, type Rule } from './rule.ts';

const nodePortConflict: Rule = defineRule({
  id: 'node-port-conflict',
  severity: 'error',
  summary: 'Two Service ports ask for one nodePort.',

  *check(graph) {
    const told = new Set<string>();
    let linkOf: ReadonlyMap<ServicePort, NodePortLink> | undefined;
    for (const link of graph.nodePorts) {
      if (link.fault !== 'conflict' || !link.rival) continue;
      const { service, servicePort, rival } = link;
      const ends = [{ service, servicePort }, rival].sort((a, b) => compare(nameOf(a), nameOf(b)));
      const pair = ends.map(nameOf).join(' ');
      if (told.has(pair)) continue;
      told.add(pair);
      linkOf ??= new Map(graph.nodePorts.toReversed().map((one) => [one.servicePort, one]));
      const [first, second] = ends as [Rival, Rival];
      const number = servicePort.nodePort!.value;
      yield {
        message:
          first.service === second.service
            ? `two ports of ${describe(first.service)} ask for nodePort ${number}`
            : `${describe(first.service)} and ${describe(second.service)} both ask for ${first.servicePort && second.servicePort ? 'nodePort' : 'port'} ${number}${first.servicePort && second.servicePort ? '' : ' of the nodes'}`,
        resources: [first.service, second.service],
        field: fieldOf(second),
        link: (second.servicePort && linkOf.get(second.servicePort)) ?? link,
        labels: [
          { at: takenBy(second).at, message: 'refused: provided port is already allocated' },
          { at: takenBy(first).at, message: 'the same number' },
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

type Rival = NonNullable<NodePortLink['rival']>;

/** Without a port it is the healthCheckNodePort, which is taken from the same numbers (S-088). */
const fieldOf = ({ servicePort }: Rival): string =>
  servicePort ? `spec.ports[${keyOf(servicePort)}].nodePort` : 'spec.healthCheckNodePort';

const takenBy = ({ service, servicePort }: Rival): Located<Scalar> =>
  (servicePort ? servicePort.nodePort : service.healthCheckNodePort)!;

const nameOf = (rival: Rival): string => `${rival.service.namespace}/${rival.service.name}/${fieldOf(rival)}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export default nodePortConflict;
