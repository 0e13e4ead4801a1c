import type { DestinationRule } from '../../../model/istio.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink } from '../../links/route-links.ts';
import { meshHostOf } from './istio-hosts.ts';
import type { IstioIndex } from './istio-index.ts';

/**
 * A destination that is not broken as far as its port goes, asked for its subset, which a DestinationRule for the same host
 * must define; Istio's own analyzer reports one that none defines as IST0101. That it is missing is proved only where
 * the input has a DestinationRule that defines others.
 */
export function throughSubset(link: BackendLink, index: IstioIndex): BackendLink {
  const { holder, backend } = link;
  const { subset, service: host } = backend;
  if (link.state === 'broken' || !host || !subset?.value) return link;
  const rules = index.destinationRulesFor(meshHostOf(host, holder.namespace).fqdn);
  const { count, hasPlaceholder, defining: definingOf } = subsetsOf(rules);
  const defining = definingOf.get(subset.value);
  if (defining) {
    if (link.state === 'unproved') return link;
    return { ...link, ...whole('subset-too', { proof: link.proof, rule: defining.name }) };
  }
  if (isPlaceholder(subset) || isPlaceholder(host) || hasPlaceholder)
    return { ...link, ...unproved('filled-in') };
  // What is not known of the host is told before what is not known of its subsets.
  if (link.state === 'unproved' && count === 0) return link;
  const loose = subsetsOf(index.looseDestinationRules).defining.get(subset.value);
  if (loose) {
    const rule = { rule: loose.name, subset: subset.value, ruleHost: loose.host?.value, host: host.value };
    return { ...link, ...unproved('loose-subset', rule) };
  }
  if (count === 0) {
    const object = { kind: 'DestinationRules', namespace: holder.namespace, name: undefined };
    return { ...link, ...unproved('subset', { object, host: host.value, subset: subset.value }) };
  }
  const missed = broken('no-subset', { host: host.value, subset: subset.value });
  return { ...link, ...missed, fault: 'no-subset', destinationRules: rules };
}

/** The subsets that some rules define. */
interface Subsets {
  readonly count: number;
  readonly hasPlaceholder: boolean;
  /** The first rule that defines each. */
  readonly defining: ReadonlyMap<string, DestinationRule>;
}

/** As many routes may ask for them as there are subsets. */
const known = new WeakMap<readonly DestinationRule[], Subsets>();

function subsetsOf(rules: readonly DestinationRule[]): Subsets {
  const there = known.get(rules);
  if (there) return there;
  const all = rules.flatMap((rule) => rule.subsets.map((subset) => ({ rule, subset })));
  const defining = new Map<string, DestinationRule>();
  for (const { rule, subset } of all) if (!defining.has(subset.value)) defining.set(subset.value, rule);
  const hasPlaceholder = all.some(({ subset }) => isPlaceholder(subset));
  const subsets = { count: all.length, hasPlaceholder, defining };
  known.set(rules, subsets);
  return subsets;
}
