import type { ProbeLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { describe } from '../model/describe.ts';
import type { Container, Workload } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { disagreeing } from '../questions/processes/disagreeing-variable.ts';
import {
  type MissedHealthFlag,
  type MissedMetricsFlag,
  missedHealthFlags,
  missedMetricsFlags,
} from '../questions/processes/health-flags.ts';
import { type ListenSetting, listenSettings } from '../questions/processes/listen-settings.ts';
import { sentFrom } from '../questions/services/senders.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

/** One, whose answers are kept. */
const PORT_HINT = /\d\d/;

const unusedListenSetting: Rule = defineRule({
  id: 'unused-listen-setting',
  severity: 'info',
  summary: 'A program is told a port that nothing sends traffic to, while traffic goes to another one.',

  *check(graph) {
    for (const missed of missedHealthFlags(graph)) yield missedBy(missed);
    for (const missed of missedMetricsFlags(graph)) yield scrapedElsewhere(missed);
    const probes = groupBy(graph.probes, (probe) => probe.workload);
    let told: ReadonlySet<Workload> | undefined;
    for (const [workload, links] of groupBy(graph.targetPorts, (link) => link.workload)) {
      const [container, ...more] = workload.template.containers.filter(({ role }) => role !== 'init');
      // Of several, any may be the one that listens where traffic goes.
      if (!container || more.length > 0 || isKnown(graph, workload, container)) continue;
      const settings = [...listenSettings(workload, container, graph, PORT_HINT)];
      const setting = unusedAmong(settings, meantPorts(workload, links, probes.get(workload) ?? []));
      const sender = links.find(({ number }) => number !== undefined);
      if (!setting || !sender) continue;
      // `disagreeing-port-variable` says the same of a variable.
      told ??= new Set(Array.from(disagreeing(graph), (one) => one.workload));
      if (told.has(workload)) continue;
      yield {
        message: `container \`${container.name}\` of ${describe(workload)} is told port ${setting.number} by \`${setting.name}\` in ${setting.where}, and traffic is sent to ${sender.number}`,
        resources: [workload, sender.service],
        field: `containers[${container.name}].settings[${setting.name}]`,
        labels: [
          { at: setting.at, message: 'nothing of the input sends traffic here' },
          { at: sentFrom(sender), message: `traffic goes to ${sender.number}` },
        ],
        notes: [
          'what this program makes of the setting is not known; where it listens there, clients are refused',
        ],
        help: [`see where it listens, then forward to ${setting.number} or change the setting`],
      };
    }
  },
});

/** Of this flag, it is known what it is for. */
const missedBy = ({ probe, flag, name, number }: MissedHealthFlag): Report => ({
  severity: 'warning',
  message: `container \`${probe.container.name}\` of ${describe(probe.workload)} is told by \`${name}\` to answer probes on ${number}, and its ${probe.probe.type} probe asks ${probe.number}`,
  resources: [probe.workload],
  field: `containers[${probe.container.name}].settings[${name}]`,
  link: probe,
  labels: [
    { at: probe.probe.port.at, message: `asks ${probe.number}` },
    { at: flag.at, message: `answers on ${number}` },
  ],
  notes: [
    'operators made with kubebuilder or operator-sdk serve `/healthz` and `/readyz` there and nowhere else; a probe that is not answered has the container restarted, or keeps traffic from it',
  ],
  help: [`let the probe ask ${number}`],
});

const scrapedElsewhere = ({ link, container, flag, name, number }: MissedMetricsFlag): Report => ({
  severity: 'warning',
  message:
    number === 0
      ? `container \`${container.name}\` of ${describe(link.workload)} is told by \`${name}\` to serve no metrics, and ${describe(link.service)} sends for them to ${link.number}`
      : `container \`${container.name}\` of ${describe(link.workload)} is told by \`${name}\` to serve metrics on ${number}, and ${describe(link.service)} sends for them to ${link.number}`,
  resources: [link.workload, link.service],
  field: `containers[${container.name}].settings[${name}]`,
  link,
  labels: [
    { at: sentFrom(link), message: `leads to ${link.number}` },
    { at: flag.at, message: number === 0 ? 'serves none' : `serves them on ${number}` },
  ],
  notes: [
    'operators made with kubebuilder or operator-sdk serve metrics there and nowhere else; `0`, the default of controller-runtime since 0.16, switches them off',
  ],
  help: [
    number === 0 ? 'give the flag a port, or take the Service port out' : `let the Service lead to ${number}`,
  ],
});

/** Rules of their own tell what is wrong where the process is known. */
function isKnown(graph: PortGraph, workload: Workload, container: Container): boolean {
  const { fact, listeners } = graph.processOf(workload, container);
  return fact !== undefined || listeners.length > 0 || container.envFrom.length > 0;
}

/** Every number that something says of the Pod. */
function meantPorts(
  workload: Workload,
  links: readonly TargetPortLink[],
  probes: readonly ProbeLink[],
): Set<number> {
  const declared = workload.template.containers.flatMap(({ ports }) =>
    ports.map((one) => portNumber(one.number)),
  );
  const probed = probes.map(({ number }) => number);
  return new Set(
    [...links.map(({ number }) => number), ...declared, ...probed].filter((one) => one !== undefined),
  );
}

/** None where a setting names a port that is dialled: the others are for something else then. */
function unusedAmong(
  settings: readonly ListenSetting[],
  meant: ReadonlySet<number>,
): ListenSetting | undefined {
  const own = settings.filter(({ name }) => !ASIDE.test(name));
  return own.some(({ number }) => meant.has(number)) ? undefined : own.find(({ isLoopback }) => !isLoopback);
}

/** Ports that are seldom sent to by a Service. */
const ASIDE =
  /metric|health|probe|pprof|debug|admin|telemetry|prometheus|ready|live|cluster|peer|gossip|raft/i;

export default unusedListenSetting;
