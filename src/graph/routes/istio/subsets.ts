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
  const named = rules.flatMap(({ subsets }) => subsets);
  const hasIt = ({ subsets }: DestinationRule): boolean =>
    subsets.some(({ value }) => value === subset.value);
  const defining = rules.find(hasIt);
  if (defining) {
    if (link.state === 'unproved') return link;
    return { ...link, ...whole('subset-too', { proof: link.proof, rule: defining.name }) };
  }
  if (isPlaceholder(subset) || isPlaceholder(host) || named.some(isPlaceholder))
    return { ...link, ...unproved('filled-in') };
  // What is not known of the host is told before what is not known of its subsets.
  if (link.state === 'unproved' && named.length === 0) return link;
  const loose = index.looseDestinationRules.find(hasIt);
  if (loose) {
    const rule = { rule: loose.name, subset: subset.value, ruleHost: loose.host?.value, host: host.value };
    return { ...link, ...unproved('loose-subset', rule) };
  }
  if (named.length === 0) {
    const object = { kind: 'DestinationRules', namespace: holder.namespace, name: undefined };
    return { ...link, ...unproved('subset', { object, host: host.value, subset: subset.value }) };
  }
  const missed = broken('no-subset', { host: host.value, subset: subset.value });
  return { ...link, ...missed, fault: 'no-subset', destinationRules: rules };
}
