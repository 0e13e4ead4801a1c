import { knativePortsOf } from '../graph/routes/knative/knative-ports.ts';
import { describe } from '../model/describe.ts';
import { moveListener } from '../questions/processes/move-listener.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const unboundKnativePort: Rule = defineRule({
  id: 'unbound-knative-port',
  severity: 'error',
  summary: 'Knative sends requests to a port that the process is known not to listen on.',

  *check(graph) {
    const ports = knativePortsOf(graph.model);
    if (ports.length === 0) return;
    const binds = groupBy(graph.binds, (one) => one.workload);
    for (const { workload, container, number, declared } of ports) {
      const link = binds.get(workload)?.find((one) => one.number === number);
      if (link?.state !== 'broken') continue;
      const end = processEndOf(graph, link, 'TCP');
      const [real] = end.open;
      const declare =
        real !== undefined && declared?.number
          ? {
              title: `change containerPort to \`${real}\``,
              edits: [{ at: declared.number.at, text: String(real) }],
            }
          : undefined;
      const ends = real === undefined ? [] : [declare, moveListener(end, real, number)];
      yield {
        message: `${describe(workload)} of Knative gets its requests on port ${number}, but ${end.phrase}`,
        resources: [workload],
        field: `containers[${container.name}].ports`,
        link,
        labels: [
          {
            at: workload.servedPort!.at,
            message: declared ? 'requests are sent here' : `without a port they are sent to ${number}`,
          },
          { at: end.at, message: end.phrase },
        ],
        notes: [
          ...end.grounds,
          'Knative tells the port by the variable PORT; a program that does not read it must have its own port declared',
        ],
        help: real === undefined || declared ? [] : [`declare \`containerPort: ${real}\``],
        fixes: ends.flatMap((one): Fix[] => (one ? [{ applicability: 'unsafe', ...one }] : [])),
      };
    }
  },
});

export default unboundKnativePort;
