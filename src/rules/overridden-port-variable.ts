import type { BindLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import type { Workload } from '../model/model.ts';
import type { OverriddenSetting } from '../process/listeners/container-process.ts';
import { wordGrounds } from '../process/listeners/grounds/ground.ts';
import { wordSetting } from '../process/listeners/grounds/written-setting.ts';
import { type Owned, overriddenOf } from '../questions/processes/misplaced-setting.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const overriddenPortVariable: Rule = defineRule({
  id: 'overridden-port-variable',
  severity: 'warning',
  summary: 'A port is set, and a stronger setting of the same container says another one.',

  *check(graph) {
    const told = new Set<OverriddenSetting>();
    for (const link of graph.binds) {
      const owned = overriddenOf(graph, link);
      if (!owned || sendersOf(link).length === 0) continue;
      told.add(owned.setting);
      yield { severity: 'error', link, ...overridden(graph, link.workload, owned, link) };
    }
    const served = servedPorts(graph);
    for (const workload of graph.model.workloads) {
      for (const container of workload.template.containers) {
        const process = graph.processOf(workload, container);
        for (const setting of process.overridden) {
          if (told.has(setting)) continue;
          // Where traffic goes to the port that wins, the weaker setting is most likely a default for others.
          const isMeant = served.get(workload)?.has(setting.by.port) ?? false;
          yield {
            severity: isMeant ? 'info' : 'warning',
            ...overridden(graph, workload, { container, process, setting }),
          };
        }
      }
    }
  },
});

/** The ports of each Pod on which traffic meets a listener. */
function servedPorts({ binds }: PortGraph): Map<Workload, Set<number | undefined>> {
  const served = new Map<Workload, Set<number | undefined>>();
  for (const { workload, number, state } of binds) {
    if (state !== 'whole') continue;
    served.set(workload, (served.get(workload) ?? new Set()).add(number));
  }
  return served;
}

function overridden(
  graph: PortGraph,
  workload: Workload,
  { container, process, setting }: Owned<OverriddenSetting>,
  link?: BindLink,
): Report {
  const { said, port, at, by } = setting;
  const phrase = wordGrounds(said);
  const senders = link ? sendersOf(link) : [];
  const { grounds } = processEndOf(graph, { workload, process, listener: process.listeners[0] }, 'TCP');
  return {
    message: `${describe(workload)} has ${phrase}, and ${wordSetting(by.said)} wins over it`,
    resources: [...new Set([workload, ...senders.map(({ service }) => service)])],
    field: `containers[${container.name}].overridden[${phrase}]`,
    labels: [
      { at, message: 'has no effect' },
      { at: by.at, message: by.port === undefined ? 'wins' : `wins: the port is ${by.port}` },
      ...senders.map((sender) => ({ at: sentFrom(sender), message: `traffic is sent to ${link?.number}` })),
    ],
    notes: [
      ...grounds,
      'env wins over envFrom, a later entry over an earlier one, and an argument over both where the program reads both',
    ],
    help: [
      link
        ? `say ${port} where ${by.port ?? 'the other port'} is said, or send traffic to ${by.port ?? 'it'}`
        : 'take out the one that has no effect, or the one that wins',
    ],
  };
}

export default overriddenPortVariable;
