import { servicesMeant } from '../../graph/clients/host-name.ts';
import { NOT_DIALLED } from '../../graph/clients/names.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { admissionOf } from '../../graph/policies/admission.ts';
import { isHeadless } from '../../model/headless.ts';
import type { Container, Service, Workload } from '../../model/model.ts';
import type { Policy } from '../../model/policy.ts';
import { portNumber } from '../../model/ports.ts';
import { addressesInValue } from '../../text/addresses/addresses.ts';
import { pairsIn } from '../../text/addresses/pairs.ts';
import { portOfScheme } from '../../text/addresses/ports-of-schemes.ts';
import { Located, type Location } from '../../text/source.ts';

/** An address of a Service that the Pods of its client may send nothing to. */
export interface BlockedAddress {
  readonly workload: Workload;
  readonly container: Container;
  /** The variable that says the port. */
  readonly variable: string;
  readonly at: Location;
  readonly service: Service;
  readonly number: number;
  /** Where its traffic arrives, of which no policy lets it out. */
  readonly behind: number;
  readonly policies: readonly [Policy, ...Policy[]];
}

/** Of variables that give a URL or a host and a port, those whose Pods every egress policy keeps the client from. */
export function* blockedAddresses(graph: PortGraph): Generator<BlockedAddress> {
  const { outTo, isolating } = admissionOf(graph.model);
  for (const workload of graph.model.workloads) {
    const [policy, ...others] = isolating(workload, 'egress');
    if (!policy) continue;
    for (const container of workload.template.containers) {
      const told = new Set<Service>();
      for (const { host, number, variable, at } of dialledByVariables(workload, container, graph)) {
        const service = meantBy(host, workload, graph);
        if (!service || told.has(service)) continue;
        const targets = graph
          .targetPortsOf(service)
          .filter(({ servicePort, number: own }) =>
            isHeadless(service) ? own === number : portNumber(servicePort.port) === number,
          );
        const isBlocked = targets.every(
          (one) =>
            one.state === 'whole' &&
            one.number !== undefined &&
            one.workload !== workload &&
            outTo(workload, one.workload, one.number, one.protocol) === 'blocked',
        );
        const behind = targets[0]?.number;
        if (!isBlocked || behind === undefined) continue;
        told.add(service);
        yield { workload, container, variable, at, service, number, behind, policies: [policy, ...others] };
      }
    }
  }
}

const meantBy = (host: string, { namespace }: Workload, { model }: PortGraph): Service | undefined =>
  servicesMeant(host, namespace)
    .map((one) => model.servicesIn(one.namespace).find(({ name }) => name === one.service))
    .find((one) => one !== undefined && one.type?.value !== 'ExternalName');

export interface DialledByVariable {
  readonly host: string;
  readonly number: number;
  /** Undefined for a host and a port that are given apart. */
  readonly scheme: string | undefined;
  readonly variable: string;
  readonly at: Location;
}

/** Of the variables of a container, those that give a URL or a host and a port. */
export function* dialledByVariables(
  workload: Workload,
  container: Container,
  graph: PortGraph,
): Generator<DialledByVariable> {
  const { variables } = graph.environmentOf(workload, container);
  const values = new Map<string, Located<string>>();
  for (const { name, value = '', at, secret } of variables.values()) {
    if (!at || secret || NOT_DIALLED.test(name)) continue;
    values.set(name, new Located(value, at.source, at.start, at.end));
    for (const { host, port, scheme, form } of addressesInValue(value)) {
      const number = port ?? portOfScheme(scheme)?.port;
      if (number !== undefined && form === 'sure') yield { host, number, scheme, variable: name, at };
    }
  }
  for (const { host, port } of pairsIn(values)) {
    const variable = [...values].find(([, one]) => one === port)?.[0] ?? '';
    yield {
      host: host.value.toLowerCase(),
      number: Number(port.value),
      scheme: undefined,
      variable,
      at: port.at,
    };
  }
}
