import { servicesMeant } from '../../graph/clients/host-name.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import { type Admission, admissionOf } from '../../graph/policies/admission.ts';
import { isHeadless } from '../../model/headless.ts';
import type { Container, Service, Workload } from '../../model/model.ts';
import type { Policy } from '../../model/policy.ts';
import { portNumber } from '../../model/ports.ts';
import type { Location } from '../../text/source.ts';
import { dialledByVariables } from './dialled-by-variables.ts';

/** An address of a Service that policies keep a client from. */
export interface BlockedAddress {
  readonly workload: Workload;
  readonly container: Container;
  /** The variable that says the port. */
  readonly variable: string;
  readonly at: Location;
  readonly service: Service;
  readonly number: number;
  /** Where its traffic arrives. */
  readonly behind: Arrival;
  /**
   * `out`: the client's own policies let it send nothing there. `names`: nor ask for the address of any name. `in`:
   * the policies of the Pods behind the Service let others in.
   */
  readonly kept: 'out' | 'names' | 'in';
  readonly policies: readonly [Policy, ...Policy[]];
}

/** A port of the Pods behind a Service. */
export type Arrival = TargetPortLink & { readonly number: number };

/** Of variables that give a URL or a host and a port, those whose Services the container cannot reach. */
export function* blockedAddresses(graph: PortGraph): Generator<BlockedAddress> {
  const admission = admissionOf(graph.model);
  const { isolating, toNames } = admission;
  if (!admission.isAny) return;
  for (const workload of graph.model.workloads) {
    const egress = isolating(workload, 'egress');
    const isNameless = egress.length > 0 && toNames(workload) === 'blocked';
    let namesTold = !isNameless;
    for (const container of workload.template.containers) {
      const told = new Set<Service>();
      for (const { host, number, variable, at } of dialledByVariables(workload, container, graph)) {
        const service = meantBy(host, workload, graph);
        if (!service || told.has(service)) continue;
        const arrivals = arrivalsAt(service, number, graph);
        const [behind] = arrivals;
        if (!behind || arrivals.some((one) => one.workload === workload)) continue;
        const found = { workload, container, variable, at, service, number, behind };
        const [policy, ...others] = egress;
        if (policy && !namesTold) {
          namesTold = true;
          yield { ...found, kept: 'names', policies: [policy, ...others] };
        }
        const kept = keptFrom(workload, arrivals, admission);
        if (!kept) continue;
        told.add(service);
        const [first, ...more] = kept === 'out' ? egress : isolating(behind.workload, 'ingress');
        if (first) yield { ...found, kept, policies: [first, ...more] };
      }
    }
  }
}

/** Where traffic for a port of a Service arrives; empty unless all of it is known. */
export function arrivalsAt(service: Service, number: number, graph: PortGraph): readonly Arrival[] {
  const targets = graph
    .targetPortsOf(service)
    .filter(({ servicePort, number: own }) =>
      isHeadless(service) ? own === number : portNumber(servicePort.port) === number,
    );
  return targets.every(isArrival) ? targets : [];
}

const isArrival = (one: TargetPortLink): one is Arrival => one.state === 'whole' && one.number !== undefined;

/** That nobody at all is let in is told of the Pods themselves. */
export function keptFrom(
  source: Workload,
  arrivals: readonly Arrival[],
  { outTo, inFrom, toPort }: Admission,
): 'out' | 'in' | undefined {
  const isKept = (verdict: Admission['outTo']): boolean =>
    arrivals.every(
      ({ workload, number, protocol }) => verdict(source, workload, number, protocol) === 'blocked',
    );
  if (isKept(outTo)) return 'out';
  const isClosed = arrivals.some(
    ({ workload, number, protocol }) => toPort(workload, number, protocol) === 'blocked',
  );
  return !isClosed && isKept(inFrom) ? 'in' : undefined;
}

const meantBy = (host: string, { namespace }: Workload, { model }: PortGraph): Service | undefined =>
  servicesMeant(host, namespace)
    .map((one) => model.servicesIn(one.namespace).find(({ name }) => name === one.service))
    .find((one) => one !== undefined && one.type?.value !== 'ExternalName');
