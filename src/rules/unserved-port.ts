import { nounOf } from '../knowledge/noun.ts';
import { describe } from '../model/describe.ts';
import { sourceNote } from '../questions/processes/process-end.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Rule } from './rule.ts';

const unservedPort: Rule = defineRule({
  id: 'unserved-port',
  severity: 'info',
  summary: 'A known program has a port for others, and no Service before it carries that.',

  *check(graph) {
    const served = groupBy(graph.targetPorts, ({ workload }) => workload);
    for (const [workload, links] of served) {
      const numbers = new Set(links.map(({ number }) => number));
      // A name that finds nothing may be meant for it.
      if (numbers.has(undefined)) continue;
      for (const container of workload.template.containers) {
        const { fact } = graph.processOf(workload, container);
        if (!fact || !('match' in fact) || container.role === 'init') continue;
        for (const port of fact.ports) {
          const isForOthers = port.role === 'agents' || (port.role === 'ssh' && !port.conditional);
          if (!isForOthers || numbers.has(port.port) || !numbers.has(fact.ports[0]?.port)) continue;
          const isMoved = [...port.moves.env].some(({ name }) =>
            graph.environmentOf(workload, container).variables.has(name),
          );
          if (isMoved) continue;
          const [link] = links;
          yield {
            message: `${nounOf(fact)} in ${describe(workload)} has ${port.port} for ${FOR[port.role as keyof typeof FOR]}, and no Service of the input carries it`,
            resources: [workload, link!.service],
            field: `containers[${container.name}].listeners[${port.port}/${port.protocol}]`,
            labels: [
              { at: container.image?.at ?? container.nameAt, message: `has ${port.port} as well` },
              { at: link!.service.nameAt, message: 'carries other ports' },
            ],
            notes: [...sourceNote(fact), 'where nobody needs it, nothing is missing'],
            help: [`add a port ${port.port} to ${describe(link!.service)}, or make a Service for it`],
          };
        }
      }
    }
  },
});

const FOR = { agents: 'its agents', ssh: 'SSH' } as const;

export default unservedPort;
