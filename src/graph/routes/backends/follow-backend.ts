import type { Resource, Service, ServicePort } from '../../../model/model.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Answer } from '../../../model/route.ts';
import { unproved, type Verdict } from '../../links/lacks/lacking.ts';
import type { Carrier } from '../../links/proofs/backend-proofs.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink } from '../../links/route-links.ts';
import { findService } from '../../services/find-service.ts';

/** What a route asks for, before anything is looked up. */
export type AskedBackend = Pick<
  BackendLink,
  'route' | 'holder' | 'backend' | 'field' | 'namespace' | 'ways' | 'controller'
>;

/** What looking it up told. */
export type BackendVerdict = Verdict &
  Partial<Pick<BackendLink, 'fault' | 'servicePort' | 'byTargetPort' | 'delegate'>>;

export const backendLink = (
  asked: AskedBackend,
  verdict: BackendVerdict,
  service?: Service,
): BackendLink => ({
  kind: 'backend',
  evidence: 'declared',
  fault: undefined,
  service,
  servicePort: undefined,
  byTargetPort: undefined,
  ...asked,
  ...verdict,
});

/** Follows a backend to the Service that it names, and asks for the port of each definition that is found. */
export function followBackend(
  model: Model,
  asked: AskedBackend,
  resolvePort: (service: Service) => BackendVerdict | readonly BackendVerdict[],
): BackendLink[] {
  const { backend, holder, namespace } = asked;
  const { service: name, resource, portNumber, portName } = backend;
  if (backend.answer) return [backendLink(asked, answered(backend.answer))];
  if (!name) {
    return [
      backendLink(
        asked,
        resource
          ? { ...broken('kind-no-backend', { kind: backend.resourceKind }), fault: 'kind' }
          : { ...broken('no-name'), fault: 'no-service' },
      ),
    ];
  }
  if ([backend.namespace, portNumber, portName].some(isPlaceholder)) {
    return [backendLink(asked, unproved('filled-in'))];
  }
  const found = findService(model, holder, namespace, name);
  if (!found.services) return [backendLink(asked, found.verdict)];
  return found.services.flatMap((service) => {
    if (!model.budget.allows(service.ports.length, asked.route)) {
      return [backendLink(asked, unproved('too-many', { of: 'ports' }), service)];
    }
    return [resolvePort(service)].flat().map((verdict) => backendLink(asked, verdict, service));
  });
}

/** What a proxy does by itself needs no other end; that nobody answers is for the rules to tell. */
export function answered(answer: Answer): BackendVerdict {
  switch (answer.by) {
    case 'redirect':
      return whole('redirects');
    case 'response':
    case 'abort':
      return whole(answer.by === 'abort' ? 'aborts' : 'responds', { status: answer.status?.value });
    case 'filter':
      return unproved('own-filter', { kind: answer.kind });
    case 'nobody':
      return { ...broken(answer.why), fault: 'no-backend' };
  }
}

/** A backend that is no Service but another object of the API, which says where the traffic goes on. */
export function handOver(asked: AskedBackend, delegates: readonly Resource[]): BackendLink {
  const { backend, namespace } = asked;
  const [delegate] = delegates;
  const named = { kind: backend.resourceKind, name: backend.resource?.value ?? '' };
  if (isPlaceholder(backend.resource) || isPlaceholder(backend.namespace)) {
    return backendLink(asked, unproved('filled-in'));
  }
  return delegate
    ? backendLink(asked, { ...whole('takes-over', named), delegate })
    : backendLink(
        asked,
        unproved('delegate', {
          object: { kind: backend.resourceKind ?? '', namespace, name: backend.resource?.value },
        }),
      );
}

/** Nothing has the port; where a value is still to be filled in, nobody can tell. */
export const noSuchPort = (service: Service): BackendVerdict =>
  service.ports.some((one) => isPlaceholder(one.port) || isPlaceholder(one.name))
    ? unproved('filled-in')
    : { ...broken('no-such-port', { service: service.name }), fault: 'no-port' };

/** The number that is asked for is that of a port for a protocol that is not carried there. */
export const otherProtocol = (
  service: Service,
  number: number | undefined,
  { protocol }: ServicePort,
  carrier: Carrier,
): BackendVerdict => ({
  ...broken('port-for-protocol', {
    number,
    service: service.name,
    protocol: protocolOf(protocol),
    carrier,
  }),
  fault: 'protocol',
});
