import { versionsOf } from '../../../model/admission/schema.ts';
import {
  GATEWAY_GROUP,
  type Gateway,
  type Listener,
  type ListenerOwner,
  type ListenerSet,
} from '../../../model/gateway-api.ts';
import { isPlaceholder, portNumber } from '../../../model/ports.ts';
import type { ParentRef, Route } from '../../../model/route.ts';
import { bundleOf } from '../../../text/bundle.ts';
import { definitionsNamed } from '../../links/definitions.ts';
import { type End, end, endPort, servicePortEnd } from '../../links/end.ts';
import { unproved, type Verdict } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { ParentLink } from '../../links/route-links.ts';
import { findService } from '../../services/find-service.ts';
import type { GatewayIndex } from './gateway-index.ts';
import { admissionOf, hasHosts, keptOut } from './gateway-listeners.ts';

/** Each parentRef of a route, followed to the listeners that it means (S-152) or to a Service's ports (S-153). */
export function parentsOf(route: Route, index: GatewayIndex): ParentLink[] {
  return route.parents.flatMap((parentRef) => {
    const asked = askedBy(route, parentRef);
    const { group, kind, name, namespace, sectionName, port } = parentRef;
    if ([name, namespace, sectionName, port].some(isPlaceholder))
      return [{ ...asked, ...unproved('filled-in') }];
    if (kind === 'Service') {
      return group === ''
        ? toService(route, parentRef, asked, index)
        : [
            {
              ...asked,
              ...broken('group-without-service', { group }),
              fault: 'no-parent',
            },
          ];
    }
    const owners = ownersOf(route, parentRef, index);
    if (!owners) {
      const verdict = hasNoListeners(group, kind)
        ? broken('kind-without-listeners', { kind, group })
        : unproved('listeners-of-kind', { kind, group });
      return [{ ...asked, ...verdict, fault: group === GATEWAY_GROUP ? 'kind' : undefined }];
    }
    if (owners.length === 0) {
      const inside = namespaceOf(route, parentRef);
      if (bundleOf(route).holdsAll?.(group, kind, inside))
        return [
          {
            ...asked,
            ...broken('no-parent-in-cluster', { kind, namespace: inside, name: name.value }),
            fault: 'no-parent',
          },
        ];
      const object = { kind, namespace: inside, name: name.value };
      return [{ ...asked, ...unproved('parent', { object }), fault: 'no-parent' }];
    }
    return owners.flatMap((owner) => toListeners(route, parentRef, owner, asked, index));
  });
}

/** A kind that the group has for something else, or none: kinds begin with a capital letter. Newer ones may come. */
const hasNoListeners = (group: string, kind: string): boolean =>
  group === GATEWAY_GROUP && (/^[a-z]/.test(kind) || (versionsOf(group, kind)?.length ?? 0) > 0);

type Asked = Omit<ParentLink, keyof Verdict>;

function askedBy(route: Route, parentRef: ParentRef): Asked {
  const { name, sectionName, port } = parentRef;
  const field = `spec.parentRefs[${[name, sectionName, port].flatMap((one) => one?.value ?? []).join('/')}]`;
  return {
    kind: 'parent',
    evidence: 'declared',
    route,
    parentRef,
    from: end(route, field, (sectionName ?? port ?? name).at, {
      port: endPort(sectionName?.value, portNumber(port), undefined),
    }),
    to: undefined,
    parent: undefined,
    port: portNumber(port),
    hostname: undefined,
    fault: undefined,
  };
}

export const namespaceOf = (route: Route, { namespace }: ParentRef): string =>
  namespace?.value ?? route.namespace;

/** Undefined for a kind that this API does not have. */
function ownersOf(
  route: Route,
  ref: ParentRef,
  index: GatewayIndex,
): readonly (Gateway | ListenerSet)[] | undefined {
  const isKnown = ref.kind === 'Gateway' ? ref.group === GATEWAY_GROUP : /^X?ListenerSet$/.test(ref.kind);
  if (!isKnown) return undefined;
  const owners = index.owners(ref.group, ref.kind, namespaceOf(route, ref), ref.name.value);
  return definitionsNamed(index.model.budget, route, owners);
}

/** Without sectionName and port a route asks for every listener; the ones that refuse it are not meant. */
function toListeners(
  route: Route,
  { sectionName, port }: ParentRef,
  owner: Gateway | ListenerSet,
  asked: Asked,
  index: GatewayIndex,
): ParentLink[] {
  const listeners = owner.listeners.slice(0, MOST_LISTENERS);
  const all = listeners.filter(
    (one) =>
      (!sectionName || one.name?.value === sectionName.value) &&
      (!port || (portNumber(one.port) ?? 0) === port.value),
  );
  const meant = index.model.budget.first(all, route);
  const isCut = meant.length < all.length || listeners.length < owner.listeners.length;
  if (meant.length === 0) {
    const to = end(owner, 'spec.listeners', owner.listenersAt);
    if (listeners.some((one) => isPlaceholder(one.name) || isPlaceholder(one.port)))
      return [{ ...asked, ...unproved('filled-in'), parent: owner, to }];
    if (listeners.some((one) => one.port && one.port.value !== 0 && portNumber(one.port) === undefined)) {
      return [{ ...asked, ...unproved('listener-port'), parent: owner, to }];
    }
    if (isCut) return [{ ...asked, ...unproved('too-many', { of: 'listeners' }), parent: owner, to }];
    const missed = broken('no-listener', { owner, name: sectionName?.value, port: port?.value });
    // Nobody dials the port that the route asks for: the Gateway does not have it.
    return [{ ...asked, ...missed, fault: 'no-listener', parent: owner, port: undefined, to }];
  }
  const links = meant.map((listener): { link: ParentLink; passed: number } => {
    const { passed, ...admission } = admissionOf(route, owner, listener, index);
    const link = { ...asked, ...admission, ...listenerOf(route, owner, listener) };
    return { link: admission.state === 'broken' ? link : orRefused(link, owner, listener, index), passed };
  });
  const taking = links
    .filter(({ link }) => link.state !== 'broken')
    .map(({ link }) => settled(link, owner, index));
  const certain = taking.filter(({ fault }) => fault === undefined);
  if (taking.length > 0) return certain.length > 0 ? certain : taking;
  if (isCut) return [{ ...asked, ...unproved('too-many', { of: 'listeners' }), parent: owner }];
  return [links.reduce((best, one) => (one.passed > best.passed ? one : best)).link];
}

/** The API server takes no more (maxItems in the CRD of Gateway). */
const MOST_LISTENERS = 64;

/** No route arrives through a listener that is not there. */
function orRefused(
  link: ParentLink,
  owner: ListenerOwner,
  listener: Listener,
  index: GatewayIndex,
): ParentLink {
  const refused = index.refusedOf(owner);
  if (refused.isWhole) return { ...link, ...unproved('refused-listener', { owner }) };
  if (!refused.listeners.has(listener)) return link;
  const unserved = broken('unserved-listener', { owner, listener: listener.name?.value ?? '' });
  return { ...link, ...unserved, fault: 'refused' };
}

const listenerOf = (
  route: Route,
  owner: ListenerOwner,
  { name, port, protocol, hostname, at }: Listener,
): { parent: ListenerOwner; port: number | undefined; hostname: string | undefined; to: End } => ({
  parent: owner,
  port: portNumber(port),
  hostname: hasHosts(route) ? hostname?.value || '*' : undefined,
  to: end(owner, `spec.listeners[${name?.value ?? ''}]`, (port ?? name ?? { at }).at, {
    port: endPort(name?.value, portNumber(port), protocol?.value),
  }),
});

/** A listener of a ListenerSet listens only when the set's Gateway takes it. */
function settled(link: ParentLink, owner: Gateway | ListenerSet, index: GatewayIndex): ParentLink {
  if (owner.kind === 'Gateway') return link;
  const ref = owner.parentRef;
  const namespace = ref?.namespace?.value ?? owner.namespace;
  const [gateway] = index.owners(GATEWAY_GROUP, 'Gateway', namespace, ref?.name.value ?? '');
  if (gateway?.kind !== 'Gateway') {
    const object = { kind: 'Gateway', namespace, name: ref?.name.value };
    return { ...link, ...unproved('gateway-of-set', { object, set: owner }) };
  }
  const kept = keptOut(gateway.allowedListeners, gateway, owner.namespace, index, 'None');
  if (!kept) return link;
  if ('lacks' in kept) return { ...link, ...kept };
  const { kind, namespace: from } = owner;
  return {
    ...link,
    ...broken('namespaces-of-gateway', { gateway: gateway.name, kind, namespace: from, refusal: kept }),
    fault: 'not-allowed',
    to: end(owner, 'spec.parentRef', (ref ?? { at: owner.nameAt }).at),
  };
}

/** In a mesh, port is the number and sectionName the name of a Service port; without both, every port is meant. */
function toService(route: Route, ref: ParentRef, asked: Asked, { model }: GatewayIndex): ParentLink[] {
  const { name, sectionName, port } = ref;
  const found = findService(model, route, namespaceOf(route, ref), name);
  if (!found.services) {
    return [{ ...asked, ...found.verdict, fault: 'no-parent' }];
  }
  return found.services.flatMap((service): ParentLink[] => {
    const meant = service.ports.filter(
      (one) =>
        (!sectionName || one.name?.value === sectionName.value) &&
        (!port || portNumber(one.port) === port.value),
    );
    if (meant.length === 0) {
      const to = end(service, 'spec.ports', service.nameAt);
      const wanted = { service: service.name, name: sectionName?.value, port: port?.value };
      const missed = broken('no-port-of-parent', wanted);
      return [{ ...asked, ...missed, fault: 'no-listener', parent: service, to }];
    }
    return meant.map((one) => ({
      ...asked,
      ...whole('service-port'),
      parent: service,
      port: portNumber(one.port),
      to: servicePortEnd(service, one),
    }));
  });
}
