import { describe } from '../model/describe.ts';
import { disagreeing } from '../questions/processes/disagreeing-variable.ts';
import { originOf } from '../questions/processes/origin-of.ts';
import { defineRule, type Rule } from './rule.ts';

const MOST_SHOWN = 4;

const disagreeingPortVariable: Rule = defineRule({
  id: 'disagreeing-port-variable',
  severity: 'info',
  summary:
    'A variable names another port than everything else that is said of the container, whose image is not known.',

  *check(graph) {
    for (const { workload, container, variable, others, agreeing } of disagreeing(graph)) {
      const { name, port, at, from } = variable;
      const numbers = [...new Set(others.map((other) => other.port))];
      yield {
        message: `container \`${container.name}\` of ${describe(workload)} has ${name}=${port}${originOf(from)}${agreeing.length > 0 ? ', which a probe dials as well' : ''}, and all else that is said of it says ${numbers.join(' or ')}`,
        resources: [workload],
        field: `containers[${container.name}].env[${name}]`,
        labels: [
          { at, message: `says ${port}` },
          ...[...agreeing, ...others]
            .slice(0, MOST_SHOWN)
            .map((other) => ({ at: other.at, message: other.says })),
        ],
        notes: [
          `nothing is known of the image ${container.image?.value ?? 'that it has'}: whether its process listens on ${port} or on ${numbers.join(' or ')} is not proved`,
        ],
        help: [
          'ask the image (`portolan check --images`) or a log of the container (`portolan trace … --logs`), then make all of them say the same',
        ],
      };
    }
  },
});

export default disagreeingPortVariable;
