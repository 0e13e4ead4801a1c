import { areApart } from '../../model/apart.ts';
import type { Resource, Service } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { unreadNear } from '../../model/unread.ts';
import { bundleOf } from '../../text/bundle.ts';
import type { Located } from '../../text/source.ts';
import { definitionsFor } from '../links/definitions.ts';
import { isPlainlyMissing, movableNamesake } from './plainly-missing.ts';
import { knativeMakes, serviceMakerNear } from './service-makers.ts';
import { FILLED_IN } from './target-ports.ts';

/** What a name finds: the definitions that count, or why there is none and whether that proves anything. */
export type FoundService =
  | { readonly services: readonly [Service, ...Service[]] }
  | {
      readonly services: undefined;
      readonly state: 'broken' | 'unproved';
      /** The input has Services of this namespace, and this one is not among them. */
      readonly fault: 'no-service' | undefined;
      readonly reason: string;
    };

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
  const missing = { services: undefined, state: 'unproved', fault: undefined } as const;
  const unproved = (reason: string): FoundService => ({ ...missing, reason });
  if (isPlaceholder(name)) return unproved(FILLED_IN);
  const [first, ...more] = definitionsFor(from, model.servicesNamed(namespace, name.value));
  if (first) return { services: [first, ...more] };
  if (model.isOutside(namespace, name.value)) {
    return unproved(
      `the configuration says that Service ${name.value} of namespace ${namespace} lives outside the input`,
    );
  }
  if (bundleOf(from).holdsAll?.('', 'Service', namespace)) {
    const reason = `namespace ${namespace} of the cluster has no Service ${name.value}`;
    return { ...missing, state: 'broken', fault: 'no-service', reason };
  }
  const bundle = model.elsewhere(namespace, name.value);
  if (bundle) {
    return unproved(
      `${bundle.kind} ${bundle.path} of the input has Service ${name.value}, and nothing says that it is applied along; both applied together would prove it`,
    );
  }
  if (!model.budget.allows(model.services.length + model.workloadsIn(namespace).length, from)) {
    return unproved('the input lacks more Services than are looked for; fewer files at once would prove it');
  }
  const neighbours = model.servicesIn(namespace).filter((service) => !areApart(from, service));
  if (neighbours.some((one) => isPlaceholder({ value: one.name }))) return unproved(FILLED_IN);
  const unread = unreadNear(model, from);
  if (unread) return unproved(`${unread.what} may define Service ${name.value}; ${unread.proof}`);
  if (knativeMakes(model, namespace, name.value)) {
    return unproved(
      `Knative makes Service ${name.value} for its own Service of that name; what it looks like, the cluster would prove`,
    );
  }
  const maker = serviceMakerNear(model, from);
  if (maker) {
    return unproved(
      `a ${maker.kind} beside the ${from.kind} may make Service ${name.value}; the Services of the cluster would prove it`,
    );
  }
  if (neighbours.length === 0) {
    return unproved(
      `the input has no Service of namespace ${namespace}; the manifest of Service ${name.value} would prove it`,
    );
  }
  const movable = movableNamesake(model, from, name.value);
  if (movable) {
    const which = movable.unplaced ? movable : from;
    const reason = `${which.kind} ${which.name} says no namespace, and may be applied to ${which === from ? movable.namespace : namespace}; the namespace it is applied to would prove it`;
    return { ...missing, fault: 'no-service', reason };
  }
  if (!isPlainlyMissing(model, from, namespace, name.value)) {
    const reason = `the input has other Services of namespace ${namespace}, and nothing that was meant to be ${name.value}; its manifest would prove it`;
    return { ...missing, fault: 'no-service', reason };
  }
  const reason = `namespace ${namespace} has no Service ${name.value}`;
  return { ...missing, state: 'broken', fault: 'no-service', reason };
}
