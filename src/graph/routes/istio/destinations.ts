import type { ServiceEntry } from '../../../model/istio.ts';
import type { Service, ServicePort } from '../../../model/model.ts';
import { isPlaceholder, portNumber } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Backend } from '../../../model/route.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink } from '../../links/route-links.ts';
import { findService, type NoService } from '../../services/find-service.ts';
import {
  type AskedBackend,
  answered,
  type BackendVerdict,
  backendLink,
  noSuchPort,
  otherProtocol,
} from '../backends/follow-backend.ts';
import { meshHostOf } from './istio-hosts.ts';
import type { IstioIndex } from './istio-index.ts';

/** What a host turns out to be, asked for the port. */
interface OnceFound {
  service(service: Service, asked: AskedBackend): readonly BackendLink[];
  entry(entry: ServiceEntry): BackendVerdict;
}

/** Follows a host to the Service or ServiceEntry that it means (S-161). */
function followHost(
  asked: Omit<AskedBackend, 'namespace'>,
  index: IstioIndex,
  onceFound: OnceFound,
): BackendLink[] {
  const { backend, holder } = asked;
  const host = backend.service && meshHostOf(backend.service, holder.namespace);
  const namespace = host?.service?.namespace?.value ?? holder.namespace;
  const at = { ...asked, namespace };
  if (backend.answer) return [backendLink(at, answered(backend.answer))];
  if (!host) {
    return [backendLink(at, { ...broken('no-host'), fault: 'no-service' })];
  }
  if (isPlaceholder(backend.service) || isPlaceholder(backend.portNumber)) {
    return [backendLink(at, unproved('filled-in'))];
  }
  const found = host.service && findService(index.model, holder, namespace, host.service.name);
  if (!found?.services) {
    const [entry] = index.entriesFor(host.fqdn);
    return [backendLink(at, entry ? onceFound.entry(entry) : nowhere(backend, found, index, namespace))];
  }
  return found.services.flatMap((service) => onceFound.service(service, at));
}

/**
 * A destination, followed to its host and the port there.
 *
 * @param dialled the ports that clients of this rule dial; one of them is taken where the destination gives none
 */
export const followDestination = (
  asked: Omit<AskedBackend, 'namespace'>,
  dialled: readonly (number | undefined)[],
  index: IstioIndex,
): BackendLink[] =>
  followHost(asked, index, {
    entry: (entry) => toEntry(asked.backend, entry),
    service: (service, at) => {
      const { backend, ways } = at;
      if (backend.portNumber) return [backendLink(at, numbered(backend, service), service)];
      const ports = service.ports.filter(isCarried);
      const [only, ...more] = ports;
      if (only && more.length === 0) {
        return [backendLink(at, { ...whole('one-port'), servicePort: only }, service)];
      }
      if (dialled.length === 0) {
        const lack = unproved('dialled-port', { service: service.name, by: 'clients' });
        return [backendLink(at, lack, service)];
      }
      return [...new Set(dialled)].map((number) => {
        const own = { ...at, ways: ways.filter(({ port }) => port === number) };
        return backendLink(own, asDialled(service, ports, number), service);
      });
    },
  });

/** The settings of a DestinationRule, followed to the one port that they are for, or to all that the host has. */
export const followSettings = (asked: Omit<AskedBackend, 'namespace'>, index: IstioIndex): BackendLink[] =>
  followHost(asked, index, {
    entry: (entry) =>
      asked.backend.portNumber
        ? toEntry(asked.backend, entry)
        : { ...whole('host-of-entry', { entry: entry.name }), delegate: entry },
    service: (service, at) => [
      backendLink(
        at,
        at.backend.portNumber ? numbered(at.backend, service) : whole('settings-of-all-ports'),
        service,
      ),
    ],
  });

/** No proxy of Istio sends UDP anywhere. */
const isCarried = ({ protocol }: ServicePort): boolean => protocolOf(protocol) === 'TCP';

/** Only the number of a Service port counts, never that of a Pod (S-159). */
function numbered({ portNumber: asked }: Backend, service: Service): BackendVerdict {
  const number = portNumber(asked);
  const met = service.ports.filter(({ port }) => number !== undefined && portNumber(port) === number);
  const servicePort = met.find(isCarried);
  if (servicePort) return { ...whole('service-port'), servicePort };
  if (service.type?.value === 'ExternalName') {
    return unproved('external-name-of-istio');
  }
  const [other] = met;
  return other ? otherProtocol(service, number, other, { is: 'istio' }) : noSuchPort(service);
}

/** Of a Service with several ports, Istio takes the number that the client dialled (S-160). */
function asDialled(
  service: Service,
  ports: readonly ServicePort[],
  number: number | undefined,
): BackendVerdict {
  if (number === undefined) {
    return unproved('dialled-port', { service: service.name, by: 'listeners' });
  }
  const servicePort = ports.find(({ port }) => portNumber(port) === number);
  if (servicePort) return { ...whole('dialled-port'), servicePort };
  if (service.ports.length === 0 || service.ports.some(({ port }) => isPlaceholder(port)))
    return noSuchPort(service);
  return { ...broken('no-dialled-port', { service: service.name, number }), fault: 'no-port-given' };
}

function toEntry({ portNumber: asked }: Backend, entry: ServiceEntry): BackendVerdict {
  const isThere = entry.ports.some(({ value }) => value === asked?.value);
  if (isThere || (!asked && entry.ports.length === 1)) {
    return { ...whole('port-of-entry', { entry: entry.name }), delegate: entry };
  }
  const object = { kind: 'ServiceEntries', namespace: entry.namespace, name: undefined };
  const lack = unproved('entry-port', { object, entry: entry.name, port: asked?.value });
  return { ...lack, delegate: entry };
}

/** A name with a dot that is no full one is not completed (S-161), so only a ServiceEntry could make it known. */
function nowhere(
  { service: host }: Backend,
  found: NoService | undefined,
  { model }: IstioIndex,
  namespace: string,
): BackendVerdict {
  if (found) return found.verdict;
  const [name = '', own = namespace] = host!.value.split('.');
  const meant = model.servicesNamed(own, name)[0];
  const object = { kind: 'ServiceEntries', namespace, name: undefined };
  return meant
    ? unproved('dotted-host', { object, host: host!.value, meant: `${meant.namespace}/${meant.name}` })
    : unproved('entry', { object, host: host!.value });
}
