import { servicesMeant } from '../../graph/clients/host-name.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { admissionOf } from '../../graph/policies/admission.ts';
import { type Arrival, arrivalsAt, keptFrom } from '../../graph/policies/kept-from.ts';
import type { Container, Service, Workload } from '../../model/model.ts';
import type { Policy } from '../../model/policy.ts';
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

const meantBy = (host: string, { namespace }: Workload, { model }: PortGraph): Service | undefined =>
  servicesMeant(host, namespace)
    .map((one) => model.servicesNamed(one.namespace, one.service)[0])
    .find((one) => one !== undefined && one.type?.value !== 'ExternalName');
