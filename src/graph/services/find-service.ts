import { areApart } from '../../model/apart.ts';
import type { Resource, Service } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { unreadNear } from '../../model/unread.ts';
import { bundleOf } from '../../text/bundle.ts';
import type { Located } from '../../text/source.ts';
import { definitionsNamed } from '../links/definitions.ts';
import { unproved, type Verdict } from '../links/lacks/lacking.ts';
import { mayDefine } from '../links/lacks/may-define.ts';
import { broken } from '../links/proofs/proving.ts';
import { isPlainlyMissing, movableNamesake } from './plainly-missing.ts';
import { isInstalled, knativeMakes, serviceMakerNear } from './service-makers.ts';

/** What a name finds: the definitions that count, or why there is none and whether that proves anything. */
export type FoundService = { readonly services: readonly [Service, ...Service[]] } | NoService;

export interface NoService {
  readonly services: undefined;
  readonly verdict: Verdict & {
    /** The input has Services of this namespace, and this one is not among them. */
    readonly fault: 'no-service' | undefined;
  };
}

/**
 * Follows the name of a Service. That it is missing is proved only where the input has other Services of its
 * namespace and what was plainly meant, no template and no operator's object that may make it, and no name that is
 * still to be filled in.
 *
 * @param from the resource whose text names it
 */
export function findService(
  model: Model,
  from: Resource,
  namespace: string,
  name: Located<string>,
): FoundService {
  if (isPlaceholder(name)) return without(unproved('filled-in'));
  const object = { kind: 'Service', namespace, name: name.value };
  const [first, ...more] = definitionsNamed(model.budget, from, model.servicesNamed(namespace, name.value));
  if (first) return { services: [first, ...more] };
  if (model.isOutside(namespace, name.value)) {
    return without(unproved('service-outside', { object }));
  }
  if (bundleOf(from).holdsAll?.('', 'Service', namespace)) {
    return without(broken('no-service-in-cluster', { namespace, service: name.value }), 'no-service');
  }
  const bundle = model.elsewhere(namespace, name.value);
  if (bundle) return without(unproved('service-elsewhere', { object, bundle }));
  if (!model.budget.allows(model.services.length + model.workloadsIn(namespace).length, from)) {
    return without(unproved('too-many', { of: 'services' }));
  }
  const neighbours = model.servicesIn(namespace).filter((service) => !areApart(from, service));
  if (neighbours.some((one) => isPlaceholder({ value: one.name }))) return without(unproved('filled-in'));
  const unread = unreadNear(model, from);
  if (unread) return without(mayDefine(unread, from, { kind: 'Service', name: name.value }));
  if (knativeMakes(model, namespace, name.value)) {
    return without(unproved('service-of-knative', { object }));
  }
  if (isInstalled(namespace, name.value)) return without(unproved('service-installed', { object }));
  const maker = serviceMakerNear(model, from);
  if (maker) {
    return without(unproved('service-of-operator', { object, maker: maker.kind, besides: from.kind }));
  }
  if (neighbours.length === 0) {
    return without(unproved('services-of-namespace', { object }));
  }
  const movable = movableNamesake(model, from, name.value);
  if (movable) {
    const which = movable.unplaced ? movable : from;
    const where = which === from ? movable.namespace : namespace;
    return without(unproved('namespace-unsaid', { object, which, where }), 'no-service');
  }
  if (!isPlainlyMissing(model, from, namespace, name.value)) {
    return without(unproved('service', { object }), 'no-service');
  }
  return without(broken('no-service', { namespace, service: name.value }), 'no-service');
}

const without = (verdict: Verdict, fault?: 'no-service'): NoService => ({
  services: undefined,
  verdict: { ...verdict, fault },
});
