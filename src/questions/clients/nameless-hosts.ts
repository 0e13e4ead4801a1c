import { servicesMeant } from '../../graph/clients/host-name.ts';
import { placeWithin } from '../../graph/clients/place.ts';
import { type ClientText, clientTexts } from '../../graph/clients/texts.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { areApart } from '../../model/apart.ts';
import type { Container, Resource, Service, ServicePort, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { addressesInFile, addressesInValue } from '../../text/addresses/addresses.ts';
import { portOfScheme } from '../../text/addresses/ports-of-schemes.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Location } from '../../text/source.ts';

/** A host in an address that is called as something of the input that has no name in cluster DNS. */
export interface NamelessHost {
  readonly from: ClientText;
  readonly at: Location;
  readonly host: string;
  readonly number: number;
  readonly meant:
    | { readonly kind: 'container'; readonly container: Container; readonly workload: Workload }
    | {
        readonly kind: 'workload';
        readonly workload: Workload;
        readonly service: Service;
        readonly servicePort: ServicePort;
      };
}

/**
 * Addresses whose host is the name of a workload or of a container in the same Pod, as compose has it, and of no
 * Service. What else has the name may lie outside the input, so that only what the input has instead is told: the
 * Service before that workload, on the very port, or the container that has it.
 */
export function* namelessHosts(graph: PortGraph): Generator<NamelessHost> {
  const { model } = graph;
  if (model.services.length === 0) return;
  const named = groupBy(model.workloads, ({ name }) => name);
  const behind = groupBy(graph.targetPorts, ({ workload }) => workload);
  for (const from of clientTexts(model)) {
    if (from.client.unsettled) continue;
    for (const { host, number, at } of dialledIn(from)) {
      const [asked] = servicesMeant(host, from.client.namespace);
      if (!asked || isService(graph, host, from.client)) continue;
      const container = siblingOf(from, host, number);
      if (container && hasServices(graph, from.client)) {
        yield { from, at, host, number, meant: container };
        continue;
      }
      for (const workload of named.get(asked.service) ?? []) {
        if (workload.namespace !== asked.namespace || !isTold(workload, from.client)) continue;
        const link = (behind.get(workload) ?? []).find(
          ({ service, servicePort }) =>
            portNumber(servicePort.port) === number &&
            service.namespace === asked.namespace &&
            isTold(service, from.client),
        );
        if (!link) continue;
        const { service, servicePort } = link;
        yield { from, at, host, number, meant: { kind: 'workload', workload, service, servicePort } };
        break;
      }
    }
  }
}

function* dialledIn({ text, kind }: ClientText): Generator<{ host: string; number: number; at: Location }> {
  const found = kind === 'file' ? addressesInFile(text.value) : addressesInValue(text.value);
  for (const { host, port, scheme, form, start, end } of found) {
    const number = port ?? portOfScheme(scheme)?.port;
    // Two words with a colon between may be an image and its tag, or an address to listen on.
    if (number === undefined || form !== 'sure') continue;
    // The range is the port's, where one is written; the host stands before its colon.
    const last = port === undefined ? end : start - 1;
    const first = last - host.length;
    const isHost = text.value.slice(first, last).toLowerCase() === host;
    yield {
      host,
      number,
      at: placeWithin(text, ...(isHost ? ([first, last] as const) : ([start, end] as const))).at,
    };
  }
}

const isService = ({ model }: PortGraph, host: string, client: Resource): boolean =>
  servicesMeant(host, client.namespace).some(
    ({ service, namespace }) => model.servicesNamed(namespace, service).length > 0,
  );

const hasServices = ({ model }: PortGraph, client: Resource): boolean =>
  model.services.some(({ namespace }) => namespace === client.namespace);

const isTold = (one: Resource, client: Resource): boolean => !one.unsettled && !areApart(one, client);

/** Another container of the Pod that has the name, and declares the port. */
function siblingOf(
  { client, container }: ClientText,
  host: string,
  number: number,
): Extract<NamelessHost['meant'], { kind: 'container' }> | undefined {
  if (!container || client.shape !== 'workload' || client.template.ownHosts.includes(host)) return undefined;
  const sibling = client.template.containers.find(
    (one) =>
      one !== container &&
      one.role !== 'init' &&
      one.name === host &&
      one.ports.some((port) => portNumber(port.number) === number),
  );
  return sibling && { kind: 'container', container: sibling, workload: client };
}
