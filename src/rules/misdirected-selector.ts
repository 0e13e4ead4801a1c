import type { PortGraph } from '../graph/links/port-graph.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { areApart } from '../model/apart.ts';
import { describe } from '../model/describe.ts';
import type { Resource, Service, ServicePort, Workload } from '../model/model.ts';
import { isPlaceholder, wantedPort } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { groupBy } from '../text/group-by.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const misdirectedSelector: Rule = defineRule({
  id: 'misdirected-selector',
  severity: 'warning',
  summary: 'A Service selects Pods that lack its port, and the workload of its own name has it.',

  *check(graph) {
    const calledLike = workloadsByPlainName(graph);
    let served: ReadonlySet<ServicePort> | undefined;
    for (const service of graph.model.services) {
      const selected = graph.workloadsOf(service);
      if (selected.length === 0 || [...service.selector.values()].some(isPlaceholder)) continue;
      const own = ownWorkload(service, selected, calledLike);
      if (!own) continue;
      served ??= servedPorts(graph);
      const link = graph
        .targetPortsOf(service)
        .find((one) => !served?.has(one.servicePort) && serves(own, one, graph));
      if (!link) continue;
      const { servicePort, workload } = link;
      const at = servicePort.targetPort?.at ?? servicePort.port?.at ?? servicePort.at;
      yield {
        message: `${describe(service)} selects ${describe(workload)}, which does not have its port ${wantedPort(servicePort)?.value}, and ${describe(own)} does`,
        resources: [service, workload, own],
        field: 'spec.selector',
        labels: [
          { at: service.selectorAt, message: `selects ${workload.name}` },
          { at, message: `a port of ${own.name}` },
          { at: own.template.labelsAt, message: `the labels of ${own.name}` },
        ],
        notes: ['traffic goes to the Pods that the selector finds, whatever the Service is called'],
        help: [`select the labels of ${describe(own)}, unless the name of the Service is what is wrong`],
        fixes: reselect(service, own),
      };
    }
  },
});

/** What people append to the name of a workload. */
const SUFFIX = /-(?:service|svc|server|headless)$/;

/** The workload that is called like the Service, where the Service does not select it and nothing like it. */
function ownWorkload(
  service: Service,
  selected: readonly Workload[],
  calledLike: (service: Service) => readonly Workload[],
): Workload | undefined {
  const named = calledLike(service).filter((workload) => !areApart(service, workload));
  const [own, ...more] = named;
  return more.length > 0 || named.some((workload) => selected.includes(workload)) ? undefined : own;
}

/** The workloads of a Service's namespace that have its name, but for what people append. */
function workloadsByPlainName({ model }: PortGraph): (service: Service) => readonly Workload[] {
  const keyOf = ({ namespace, name }: Resource): string => `${namespace}\0${name.replace(SUFFIX, '')}`;
  const named = groupBy(model.workloads, keyOf);
  return (service) => named.get(keyOf(service)) ?? [];
}

/** Those that a selected Pod declares, or is known to listen on. */
const servedPorts = ({ targetPorts, binds }: PortGraph): ReadonlySet<ServicePort> =>
  new Set([
    ...targetPorts.flatMap(({ declared, servicePort }) => (declared ? [servicePort] : [])),
    ...binds.flatMap(({ from, state }) =>
      state === 'whole' ? from.map(({ servicePort }) => servicePort) : [],
    ),
  ]);

function serves(
  workload: Workload,
  { servicePort, protocol }: TargetPortLink,
  { processOf }: PortGraph,
): boolean {
  const wanted = wantedPort(servicePort)?.value;
  return (
    declaredPorts(workload).some(
      (port) =>
        protocolOf(port.protocol) === protocol &&
        (typeof wanted === 'string' ? port.name?.value === wanted : port.number?.value === wanted),
    ) ||
    workload.template.containers.some((container) =>
      processOf(workload, container).listeners.some(
        (one) => one.port === wanted && one.protocol === protocol && one.bind !== 'loopback',
      ),
    )
  );
}

/**
 * Where the Pods have every key of the selector. The Service alone gives way: with its labels on the other Pods as
 * well, those that lack the port would still be selected, and by the name of those it would still ask for the port.
 */
function reselect(service: Service, own: Workload): Fix[] {
  const pairs = [...service.selector].map(([key, wanted]) => ({
    wanted,
    there: own.template.labels.get(key)?.value,
  }));
  if (pairs.some(({ wanted, there }) => !there || wanted.value === '')) return [];
  const differing = pairs.filter(({ wanted, there }) => wanted.value !== there);
  return [
    {
      title: `select ${own.name}`,
      applicability: 'unsafe',
      edits: differing.map(({ wanted, there }) => spell(wanted.at, there!)),
    },
  ];
}

export default misdirectedSelector;
