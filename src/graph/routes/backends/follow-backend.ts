import type { Resource, Service } from '../../../model/model.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import type { BackendLink } from '../../links/route-links.ts';
import type { Verdict } from '../../links/stated.ts';
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
  if (!name) {
    return [
      backendLink(
        asked,
        resource
          ? { state: 'broken', fault: 'kind', reason: `a ${backend.resourceKind} cannot be a backend` }
          : { state: 'broken', fault: 'no-service', reason: 'the backend names no Service' },
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

/** A backend that is no Service but another object of the API, which says where the traffic goes on. */
export function handOver(asked: AskedBackend, delegates: readonly Resource[]): BackendLink {
  const { backend, namespace } = asked;
  const [delegate] = delegates;
  const name = `${backend.resourceKind} ${backend.resource?.value ?? ''}`;
  if (isPlaceholder(backend.resource) || isPlaceholder(backend.namespace)) {
    return backendLink(asked, unproved('filled-in'));
  }
  return delegate
    ? backendLink(asked, { state: 'whole', reason: `${name} takes over`, delegate })
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
    : { state: 'broken', fault: 'no-port', reason: `Service ${service.name} has no such port` };
