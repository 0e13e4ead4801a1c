import type { BindLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import { fittingPort } from '../questions/processes/fitting-port.ts';
import { howToMove } from '../questions/processes/how-to-move.ts';
import { type IgnoredVariable, ignoredVariableOf } from '../questions/processes/ignored-variable.ts';
import { originOf } from '../questions/processes/origin-of.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { repoint } from '../questions/services/repoint.ts';
import { sendersOf } from '../questions/services/senders.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const ignoredPortVariable: Rule = defineRule({
  id: 'ignored-port-variable',
  severity: 'error',
  summary: 'Traffic is sent to the port that a variable says, and the image does not read the variable.',

  *check(graph) {
    for (const link of graph.binds) {
      const ignored = ignoredVariableOf(graph, link);
      const [sender] = sendersOf(link);
      if (!ignored || !sender) continue;

      const { container, fact, variable } = ignored;
      const { name, port, from } = variable;
      const { workload } = link;
      const process = graph.processOf(workload, container);
      const end = processEndOf(graph, { workload, process, listener: process.listeners[0] }, 'TCP');
      const { targetPort, port: servicePort } = sender.servicePort;
      const sent = targetPort ?? servicePort;
      yield {
        message: `${describe(workload)} has ${name}=${port}${originOf(from)}, which the image \`${fact.id}\` does not read: it ${end.phrase}`,
        resources: [workload, sender.service],
        field: `containers[${container.name}].env[${name}]`,
        link,
        labels: [
          { at: variable.at, message: `moves no port of \`${fact.id}\`` },
          ...(sent ? [{ at: sent.at, message: `traffic is sent to ${link.number}` }] : []),
          { at: end.at, message: end.phrase },
        ],
        notes: [
          ...end.grounds,
          'a variable is a wish: only a program that reads it moves its port, and no other program complains',
        ],
        help: [howToMove(fact)],
        fixes: [
          ...repointed(link, fittingPort(end, link.from, link.number)),
          ...renamed(graph, link, ignored),
        ],
      };
    }
  },
});

function repointed(link: BindLink, port: number | undefined): Fix[] {
  const change = port === undefined ? undefined : repoint(link.from, port);
  return change ? [{ applicability: 'unsafe', ...change }] : [];
}

/** Offered where the variable that the image reads is the only thing that is missing. */
function renamed(
  { environmentOf, processOf }: PortGraph,
  { workload }: BindLink,
  { container, fact, variable }: IgnoredVariable,
): Fix[] {
  const [main] = fact.ports;
  const read = main?.moves.env.find(({ form }) => form === 'port');
  const entry = container.env.find(({ value }) => value?.start === variable.at.start);
  const isMoved = processOf(workload, container).listeners.some(({ at }) => at);
  if (!read || !entry || isMoved || main?.protocol !== 'TCP') return [];
  if (environmentOf(workload, container).variables.has(read.name)) return [];
  return [
    {
      title: `rename \`${variable.name}\` to \`${read.name}\`, which the image reads`,
      applicability: 'unsafe',
      edits: [{ at: entry.name.at, text: read.name }],
    },
  ];
}

export default ignoredPortVariable;
