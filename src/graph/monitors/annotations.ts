import type { Labels, Resource, Service, ServicePort, Workload } from '../../model/model.ts';
import { isPlaceholder, isPortNumber, portNumber, wantedPort } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Located } from '../../text/source.ts';
import type { MonitorLink } from '../links/caller-links.ts';
import { containerPortEnd, end, endPort } from '../links/end.ts';
import { unproved, type Verdict } from '../links/lacks/lacking.ts';
import type { PortGraph } from '../links/port-graph.ts';
import { whole } from '../links/proofs/proving.ts';
import type { SelectorLink } from '../links/service-links.ts';
import { reachOf } from '../processes/pod-process.ts';
import { declaredPorts } from '../services/declared-ports.ts';

const PORT = 'prometheus.io/port';

type ProcessOf = PortGraph['processOf'];
type Start = Omit<MonitorLink, keyof Verdict>;

/**
 * `prometheus.io/port` on Pods and on Services, as the scrape configuration in common use reads it: either way it
 * takes the place of the port in the Pod's own address, so it is a port of the Pod.
 */
export function resolveAnnotations(
  model: Model,
  selectors: readonly SelectorLink[],
  processOf: ProcessOf,
): MonitorLink[] {
  const selected = groupBy(selectors, ({ service }) => service);
  return [
    ...model.workloads.flatMap((workload) => {
      const port = scraped(workload.template.annotations);
      return port
        ? followed(startOf(workload, port, 'template.annotations'), port, [workload], processOf)
        : [];
    }),
    ...model.services.flatMap((service) => {
      const port = scraped(service.annotations);
      if (!port) return [];
      const workloads = (selected.get(service) ?? []).flatMap(({ workload }) => workload ?? []);
      const start = { ...startOf(service, port, 'metadata.annotations'), service };
      return followed(start, port, workloads, processOf, service);
    }),
  ];
}

/** The port, where scraping is asked for; without one every declared port is taken. */
const scraped = (annotations: Labels): Located<string> | undefined =>
  annotations.get('prometheus.io/scrape')?.value === 'true' ? annotations.get(PORT) : undefined;

const startOf = (monitor: Resource, port: Located<string>, field: string): Start => ({
  kind: 'monitor',
  monitor,
  evidence: 'declared',
  from: end(monitor, `${field}[${PORT}]`, port.at, { port: endPort(undefined, numberOf(port), 'TCP') }),
  to: undefined,
  service: undefined,
  servicePort: undefined,
  workload: undefined,
  fault: undefined,
});

function numberOf({ value }: Located<string>): number | undefined {
  return /^\d+$/.test(value) && isPortNumber(Number(value)) ? Number(value) : undefined;
}

/** Pods of one Service may differ; a port that some of them have is there. */
function followed(
  start: Start,
  port: Located<string>,
  workloads: readonly Workload[],
  processOf: ProcessOf,
  service?: Service,
): MonitorLink[] {
  if (isPlaceholder(port)) return [{ ...start, ...unproved('filled-in') }];
  const number = numberOf(port);
  // A number that no port has is a number all the same, and what is empty says nothing.
  if (number === undefined)
    return /^\d*$/.test(port.value.trim()) ? [] : [named(start, port.value, workloads)];
  if (workloads.length === 0) {
    const { namespace, name } = start.monitor;
    const object = { kind: 'Pods', namespace, name: undefined };
    return [{ ...start, ...unproved('pods-of-service', { object, service: name }) }];
  }
  const links = workloads.map((workload) => toPod(start, workload, number, processOf, service));
  const there = links.filter(({ state }) => state === 'whole');
  return there.length > 0 ? there : links;
}

/** The usual relabelling takes digits only, and otherwise leaves the address as it is: each declared port is scraped. */
const named = (start: Start, name: string, workloads: readonly Workload[]): MonitorLink => ({
  ...start,
  workload: workloads[0],
  fault: 'named',
  ...unproved('scrape-configuration', { port: name }),
});

function toPod(
  start: Start,
  workload: Workload,
  number: number,
  processOf: ProcessOf,
  service?: Service,
): MonitorLink {
  const reach = reachOf(workload, number, 'TCP', undefined, processOf);
  const declared = workload.template.containers.flatMap(({ name, role, ports }) =>
    role === 'init'
      ? []
      : ports.flatMap((port) => (portNumber(port.number) === number ? [{ name, port }] : [])),
  )[0];
  const link = { ...start, workload };
  if (declared && reach.state !== 'broken') {
    const to = containerPortEnd(workload, declared.name, declared.port);
    return { ...link, to, ...whole('pod-port') };
  }
  const to = end(workload, 'containers', workload.template.containersAt, {
    port: endPort(undefined, number, 'TCP'),
  });
  if (reach.state !== 'unproved') {
    const { state, proof, lacks, evidence } = reach;
    return state === 'whole'
      ? { ...link, to, state, proof, lacks, evidence }
      : { ...link, to: undefined, fault: 'stale', state, proof, lacks, evidence };
  }
  const servicePort = service?.ports.find((one) => isMapped(one, number));
  if (servicePort) {
    return { ...link, servicePort, fault: 'stale', ...unproved('scraped-service-port', { number }) };
  }
  const stale = declaredPorts(workload).length > 0 && !INJECTED.has(number);
  return {
    ...link,
    fault: stale ? 'stale' : undefined,
    ...unproved('scraped-undeclared', { workload, number }),
  };
}

/** The Service has the number, and sends it on to another port of the Pods. */
const isMapped = (one: ServicePort, number: number): boolean =>
  portNumber(one.port) === number && wantedPort(one)?.value !== number;

/** Ports of the proxies that Istio and Linkerd put into Pods of others, which show their own metrics and the Pod's. */
const INJECTED: ReadonlySet<number> = new Set([15_020, 15_090, 4191]);
