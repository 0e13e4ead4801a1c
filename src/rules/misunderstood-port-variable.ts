import type { BindLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { nounOf } from '../knowledge/noun.ts';
import { describe } from '../model/describe.ts';
import type { Container, Workload } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import type { MisunderstoodVariable } from '../process/listeners/container-process.ts';
import { howToMove } from '../questions/processes/how-to-move.ts';
import { type MalformedSetting, malformedSettings } from '../questions/processes/malformed-setting.ts';
import { misunderstoodOf, type Owned } from '../questions/processes/misplaced-setting.ts';
import { originOf } from '../questions/processes/origin-of.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { defineRule, type Label, type Report, type Rule } from './rule.ts';

const misunderstoodPortVariable: Rule = defineRule({
  id: 'misunderstood-port-variable',
  severity: 'warning',
  summary: 'A variable has the port that a process is to listen on, and means something else in this image.',

  *check(graph) {
    const told = new Set<MisunderstoodVariable>();
    for (const link of graph.binds) {
      const owned = misunderstoodOf(graph, link);
      if (!owned || sendersOf(link).length === 0) continue;
      told.add(owned.setting);
      yield { severity: 'error', link, ...misunderstood(graph, link.workload, owned, link) };
    }
    for (const workload of graph.model.workloads) {
      for (const container of workload.template.containers) {
        const process = graph.processOf(workload, container);
        for (const setting of process.misunderstood) {
          // What serves UDP there names its own port, for its clients to be told: a VPN does.
          if (process.listeners.some(({ port, protocol }) => port === setting.port && protocol === 'UDP')) {
            continue;
          }
          if (told.has(setting) || !isOwnPort(graph, workload, container, setting.port)) continue;
          yield misunderstood(graph, workload, { container, process, setting });
        }
        if (!process.fact || container.env.length + container.envFrom.length === 0) continue;
        for (const one of malformedSettings(process.fact, graph.environmentOf(workload, container))) {
          yield malformed(workload, container, one, nounOf(process.fact));
        }
      }
    }
  },
});

/** The container itself is to listen there, and no other container of the Pod is. */
function isOwnPort(graph: PortGraph, workload: Workload, container: Container, port: number): boolean {
  const has = (one: Container): boolean =>
    one.ports.some(({ number }) => portNumber(number) === port) ||
    graph.processOf(workload, one).listeners.some((listener) => listener.port === port);
  return workload.template.containers.every((one) => has(one) === (one === container));
}

function misunderstood(
  graph: PortGraph,
  workload: Workload,
  { container, process, setting }: Owned<MisunderstoodVariable>,
  link?: BindLink,
): Report {
  const { name, port, from, means, at } = setting;
  const fact = process.fact!;
  const end = processEndOf(graph, { workload, process, listener: process.listeners[0] }, 'TCP');
  const senders = link ? sendersOf(link) : [];
  const listens = end.open.length > 0 ? `: it ${end.phrase}` : '';
  return {
    message: `${describe(workload)} has ${name}=${port}${originOf(from)}, which to ${nounOf(fact)} is ${means}${listens}`,
    resources: [...new Set([workload, ...senders.map(({ service }) => service)])],
    field: `containers[${container.name}].env[${name}]`,
    labels: [
      { at, message: `is ${means}` },
      ...senders.map((sender) => ({ at: sentFrom(sender), message: `traffic is sent to ${link?.number}` })),
      ...(link
        ? [{ at: end.at, message: end.phrase }]
        : container.ports
            .filter(({ number }) => portNumber(number) === port)
            .map(({ number }): Label => ({ at: number!.at, message: 'the port it is to listen on' }))),
    ],
    notes: [
      ...end.grounds,
      `the process looks for another server on ${port}, and its own port stays where it is`,
    ],
    help: [howToMove(fact)],
  };
}

function malformed(
  workload: Workload,
  container: Container,
  { variable, fault, takes, meant }: MalformedSetting,
  noun: string,
): Report {
  const { name, value, at, from, secret } = variable;
  const shown = secret ? name : `${name}=${JSON.stringify(value)}`;
  const isWhole = !secret && at.source.text.slice(at.start, at.end).replace(/^["']|["']$/g, '') === value;
  return {
    message: `${describe(workload)} has ${shown}${originOf(from)}, which ${fault}, and ${noun} takes ${takes} there`,
    resources: [workload],
    field: `containers[${container.name}].env[${name}]`,
    labels: [{ at, message: `is not ${takes}` }],
    notes: ['what a program makes of such a value differs: some stop, others keep their own port'],
    fixes:
      meant !== undefined && isWhole
        ? [{ title: `write ${meant}`, applicability: 'unsafe', edits: [{ at, text: JSON.stringify(meant) }] }]
        : [],
  };
}

export default misunderstoodPortVariable;
