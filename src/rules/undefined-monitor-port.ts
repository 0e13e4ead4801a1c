import type { MonitorLink } from '../graph/links/caller-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { describe } from '../model/describe.ts';
import type { Service, ServicePort, Workload } from '../model/model.ts';
import { callContainerPort, callServicePort } from '../model/port-edits.ts';
import { portNumber, wantedPort } from '../model/ports.ts';
import { portsElsewhere } from '../questions/services/ports-elsewhere.ts';
import { groupBy } from '../text/group-by.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Fix, type Label, type Report, type Rule } from './rule.ts';

const undefinedMonitorPort: Rule = defineRule({
  id: 'undefined-monitor-port',
  severity: 'error',
  summary: 'A ServiceMonitor, PodMonitor or Probe asks for a port that is not there.',

  *check(graph) {
    const lost = graph.monitors.filter(
      ({ fault }) => fault !== undefined && fault !== 'stale' && fault !== 'named',
    );
    // One endpoint may select several Services or workloads, and none of them has the port.
    for (const links of groupBy(lost, ({ from }) => from.at).values()) {
      const [link] = links.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
      const { service, workload, state } = link!;
      const report = workload ? undeclared(link!, workload) : service && noPort(graph, link!, service);
      if (report) yield { ...report, ...(state === 'broken' ? {} : { severity: 'warning' }) };
    }
  },
});

const nameOf = ({ service, workload }: MonitorLink): string =>
  `${service?.name ?? ''} ${workload?.name ?? ''}`;

const shown = ({ from }: MonitorLink): string =>
  from.port?.name === undefined ? `${from.port?.number}` : `\`${from.port.name}\``;

/** A port of the Service that has no such name; for a Probe, no such number. */
function noPort(graph: PortGraph, link: MonitorLink, service: Service): Report | undefined {
  const { monitor, from } = link;
  if (!from.at) return undefined;
  const name = from.port?.name;
  const clue = name === undefined ? undefined : clueOf(graph, service, name);
  // Whoever makes the Pods may make another Service for this port; only what was plainly meant is worth a word.
  if (!clue && name !== undefined && graph.workloadsOf(service).length === 0) return undefined;
  const meant = clue?.meant.name;
  const elsewhere = clue ? [] : portsElsewhere(graph, name ?? from.port?.number, service).says;
  return {
    message: `${describe(monitor)} scrapes port ${shown(link)}, which ${describe(service)} does not have${clue ? clue.words : ''}`,
    resources: [monitor, service],
    field: from.field,
    link,
    labels: [
      {
        at: from.at,
        message:
          name === undefined
            ? 'no port of the Service has this number'
            : 'no port of the Service has this name',
      },
      ...(clue
        ? [
            {
              at: (meant ?? clue.meant.port ?? clue.meant).at,
              message: meant ? 'its name' : 'a port without a name',
            },
          ]
        : portsOf(service)),
    ],
    notes: [
      name === undefined
        ? 'the prober is never reached, so every target of the Probe counts as down'
        : 'Prometheus keeps the endpoints whose port has this name, and says nothing when there are none; numbers and the names of container ports do not count',
    ],
    help:
      elsewhere.length > 0
        ? elsewhere
        : clue && !meant
          ? ['give the port of the Service a name, and say that name here']
          : [],
    fixes: [
      ...(meant ? [renamed(from.at, meant.value)] : []),
      ...(clue && name !== undefined ? callServicePort(clue.meant, name) : []).map(
        (one): Fix => ({ ...one, applicability: 'unsafe' }),
      ),
    ],
  };
}

interface Clue {
  readonly meant: ServicePort;
  /** The second half of the message. */
  readonly words: string;
}

/** What the name is instead: a number, the name of the container's port, or a misspelling. */
function clueOf(graph: PortGraph, service: Service, name: string): Clue | undefined {
  const { ports } = service;
  const numbered = ports.find(({ port }) => /^\d+$/.test(name) && portNumber(port) === Number(name));
  if (numbered) return { meant: numbered, words: ' by this name: it is the number of a port' };
  const targets = graph.targetPortsOf(service);
  const behind = targets.find(
    ({ declared, servicePort }) => declared?.name?.value === name || servicePort.targetPort?.value === name,
  );
  if (behind) return { meant: behind.servicePort, words: `: it is what the Pods call their port` };
  const [near] = nearest(
    name,
    ports.flatMap((one) => one.name?.value ?? []),
  );
  const meant = ports.find((one) => near !== undefined && one.name?.value === near);
  return meant && { meant, words: '' };
}

function portsOf({ ports, nameAt }: Service): Label[] {
  if (ports.length === 0) return [{ at: nameAt, message: 'a Service without ports' }];
  return ports.slice(0, 4).map(({ name, port, at }) => ({
    at: (name ?? port ?? { at }).at,
    message: name ? 'a port that it has' : 'a port without a name',
  }));
}

/** A port of the Pods that no container declares. */
function undeclared(link: MonitorLink, workload: Workload): Report | undefined {
  const { monitor, service, from, fault } = link;
  if (!from.at) return undefined;
  const ports = declaredPorts(workload);
  const number = Number(from.port?.name);
  const isText = fault === 'number-as-name';
  const names = ports.flatMap((port) => port.name?.value ?? []);
  const [near] = from.port?.name === undefined ? [] : nearest(from.port.name, names);
  const isThere = isText && ports.some((port) => portNumber(port.number) === number);
  const key = from.field.slice(from.field.lastIndexOf('.') + 1);
  const own = isText ? undefined : ofService(link);
  if (own) return own;
  return {
    message: isText
      ? `${describe(monitor)} gives ${key} as the text \`"${from.port?.name}"\`, so it looks for a port of this name in ${describe(workload)}`
      : `${describe(monitor)} scrapes ${key} ${shown(link)}, which ${describe(workload)} does not declare`,
    resources: service ? [monitor, service, workload] : [monitor, workload],
    field: from.field,
    link,
    labels: [
      { at: from.at, message: isText ? 'a name, because of its quotes' : 'no container declares this port' },
      ...(ports.length === 0
        ? [{ at: workload.template.containersAt, message: 'no ports in these containers' }]
        : ports.slice(0, 4).map(({ name, number: own, at }) => ({
            at: (from.port?.name === undefined || isText ? (own ?? name ?? { at }) : (name ?? own ?? { at }))
              .at,
            message: 'declared here',
          }))),
    ],
    notes: [
      'Prometheus learns the ports of a Pod from its declarations alone, so here `containerPort` counts; what is not declared is not scraped, and nothing says so',
    ],
    help: isThere || near ? [] : ['declare the port in the container that serves the metrics'],
    fixes: isThere
      ? [
          {
            title: `write the number ${number} without quotes`,
            applicability: 'unsafe',
            edits: [{ at: from.at, text: String(number) }],
          },
        ]
      : near
        ? [
            renamed(from.at, near),
            ...ports
              .filter(({ name }) => name?.value === near)
              .flatMap((port) => callContainerPort(port, from.port!.name!))
              .map((one): Fix => ({ ...one, applicability: 'unsafe' })),
          ]
        : [],
  };
}

/** The number is the Service's own: its name is what the monitor wants, or the port behind it. */
function ofService(link: MonitorLink): Report | undefined {
  const { monitor, service, workload, from } = link;
  const number = from.port?.number;
  const servicePort = service?.ports.find(({ port }) => number !== undefined && portNumber(port) === number);
  const target = servicePort && wantedPort(servicePort);
  if (!service || !servicePort || !target || target.value === number || !from.at) return undefined;
  const behind = declaredPorts(workload!).find(({ name, number: own }) =>
    [name?.value, own?.value].includes(target.value as never),
  );
  const port = portNumber(behind?.number);
  return {
    message: `${describe(monitor)} scrapes targetPort ${number}, which is the port of ${describe(service)}; its Pods have ${port ?? `\`${target.value}\``}`,
    resources: [monitor, service, ...(workload ? [workload] : [])],
    field: from.field,
    link,
    labels: [
      { at: from.at, message: 'the port of the Service, not of the Pods' },
      { at: (servicePort.port ?? servicePort).at, message: `leads to ${port ?? target.value}` },
      ...(behind?.number ? [{ at: behind.number.at, message: "the Pods' port" }] : []),
    ],
    notes: [
      'Prometheus scrapes the Pods themselves: `targetPort` is a port of theirs, and `port` the name of one of the Service',
    ],
    help: [
      servicePort.name
        ? `write \`port: ${servicePort.name.value}\` instead of targetPort`
        : `write \`targetPort: ${port ?? target.value}\``,
    ],
  };
}

const renamed = (at: Label['at'], name: string): Fix => ({
  title: `scrape port \`${name}\``,
  applicability: 'unsafe',
  edits: [{ at, text: name }],
});

export default undefinedMonitorPort;
