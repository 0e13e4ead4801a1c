import type { MonitorLink } from '../graph/links/caller-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { describe } from '../model/describe.ts';
import type { Workload } from '../model/model.ts';
import { isPortName, portNumber } from '../model/ports.ts';
import { processEndOf } from '../questions/processes/process-end.ts';
import { groupBy } from '../text/group-by.ts';
import { type Location, textOf } from '../text/source.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Label, type Note, type Report, type Rule } from './rule.ts';

const staleScrapePort: Rule = defineRule({
  id: 'stale-scrape-port',
  severity: 'warning',
  summary: 'The annotation `prometheus.io/port` says a port that the Pods do not have, or a name.',

  *check(graph) {
    for (const link of graph.monitors) if (link.fault === 'named') yield* saysName(link);
    const stale = graph.monitors.filter(({ fault }) => fault === 'stale');
    for (const links of groupBy(stale, ({ from }) => from.at).values()) {
      const [link] = links.toSorted((a, b) => (a.workload!.name < b.workload!.name ? -1 : 1));
      const { monitor, workload, servicePort, from, state } = link!;
      const number = from.port?.number;
      if (!from.at || !workload) continue;
      const isWorkload = monitor === workload;
      const end = endOf(graph, link!, workload);
      // Someone who writes the number of the Service means the port behind it.
      const fronted = isWorkload ? frontOf(graph.targetPorts, workload, number) : undefined;
      const meant = end.open.length === 1 ? end.open[0] : undefined;
      yield {
        // A port need not be declared to be scraped this way, so its absence alone proves little.
        severity: state === 'broken' || servicePort || fronted ? 'warning' : 'info',
        message: `${describe(monitor)} asks to be scraped on port ${number}, ${end.phrase(isWorkload ? undefined : workload)}`,
        resources: isWorkload ? [workload] : [monitor, workload],
        field: from.field,
        link: link!,
        labels: [
          { at: from.at, message: `nothing is known to be on ${number}` },
          ...(fronted
            ? [
                {
                  at: fronted.at,
                  message: `the ${fronted.isNodes ? 'nodePort' : 'port'} of the Service, behind which is ${fronted.link.number}`,
                },
              ]
            : []),
          ...end.labels,
        ],
        notes: [
          isWorkload
            ? "the annotation takes the place of the port in the Pod's address, so it must be one that the process listens on"
            : 'the annotation takes the place of the port in the address of each Pod: what is scraped are the Pods, on this port, never the Service',
          ...end.grounds,
        ],
        fixes:
          meant === undefined
            ? []
            : [
                {
                  title: `scrape port ${meant}`,
                  applicability: 'unsafe',
                  edits: [spell(from.at, String(meant))],
                },
              ],
      };
    }
  },
});

interface Front {
  readonly link: TargetPortLink;
  readonly at: Location;
  readonly isNodes: boolean;
}

/** Where a Service or the nodes have the number, and send it on to another port of the Pods. */
function frontOf(
  links: readonly TargetPortLink[],
  workload: Workload,
  number: number | undefined,
): Front | undefined {
  if (number === undefined) return undefined;
  for (const link of links) {
    if (link.workload !== workload || link.number === undefined || link.number === number) continue;
    const { port, nodePort } = link.servicePort;
    if (port && portNumber(port) === number) return { link, at: port.at, isNodes: false };
    if (nodePort && portNumber(nodePort) === number) return { link, at: nodePort.at, isNodes: true };
  }
  return undefined;
}

function* saysName(link: MonitorLink): Generator<Report> {
  const { monitor, workload, from } = link;
  if (!from.at) return;
  const name = String(textOf(from.at)).replace(/^["']|["']$/g, '');
  const ports = workload ? declaredPorts(workload) : [];
  const [only, ...more] = name.match(/\d+/g) ?? [];
  const meant = isPortName(name)
    ? ports.find((port) => port.name?.value === name)?.number
    : ports.find(({ number }) => more.length === 0 && number && String(number.value) === only)?.number;
  yield {
    message: `${describe(monitor)} asks to be scraped on port \`${name}\`, and the annotation takes a number`,
    resources: workload && workload !== monitor ? [monitor, workload] : [monitor],
    field: from.field,
    link,
    labels: [
      { at: from.at, message: `${isPortName(name) ? 'a name' : 'more than digits'}, which is passed over` },
      ...(meant ? [{ at: meant.at, message: `\`${name}\` is this port` }] : []),
    ],
    notes: [
      'the usual scrape configuration puts digits alone behind the address of the Pod; with anything else, each port that the Pod declares is scraped',
    ],
    fixes:
      typeof meant?.value === 'number'
        ? [
            {
              title: `scrape port ${meant.value}`,
              applicability: 'unsafe',
              edits: [spell(from.at, String(meant.value))],
            },
          ]
        : [],
  };
}

interface PodEnd {
  /** After the port, with a comma: `which it does not declare`. */
  phrase(behind: Workload | undefined): string;
  readonly labels: readonly Label[];
  readonly grounds: readonly Note[];
  readonly open: readonly number[];
}

/** What the Pod has instead: what its process listens on where that is known, else what it declares. */
function endOf(graph: PortGraph, { state }: MonitorLink, workload: Workload): PodEnd {
  if (state === 'broken') {
    const staying = workload.template.containers.find(({ role }) => role !== 'init');
    const process = staying && graph.processOf(workload, staying);
    const end = processEndOf(graph, { workload, process, listener: process?.listeners[0] }, 'TCP');
    return {
      phrase: (behind) => `but ${behind ? `${describe(behind)} behind it` : 'its process'} ${end.phrase}`,
      labels: [{ at: end.at, message: end.phrase }],
      grounds: end.grounds,
      open: end.open,
    };
  }
  const ports = declaredPorts(workload).flatMap(({ number }) =>
    typeof number?.value === 'number' ? [number] : [],
  );
  return {
    phrase: (behind) => `which ${behind ? `${describe(behind)} behind it` : 'it'} does not declare`,
    labels: ports.slice(0, 4).map((port) => ({ at: port.at, message: 'declared here' })),
    grounds: [],
    open: ports.map(({ value }) => Number(value)),
  };
}

export default staleScrapePort;
