import type { DestinationRule } from '../../../model/istio.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { BackendLink } from '../../links/route-links.ts';
import { FILLED_IN } from '../../services/target-ports.ts';
import { meshHostOf } from './istio-hosts.ts';
import type { IstioIndex } from './istio-index.ts';

/**
 * A destination that is not broken as far as its port goes, asked for its subset, which a DestinationRule for the same host
 * must define; Istio's own analyzer reports one that none defines as IST0101. That it is missing is proved only where
 * the input has a DestinationRule that defines others.
 */
export function throughSubset(link: BackendLink, index: IstioIndex): BackendLink {
  const { state, holder, backend } = link;
  const { subset, service: host } = backend;
  if (state === 'broken' || !host || !subset?.value) return link;
  const unproved = (reason: string): BackendLink => ({ ...link, state: 'unproved', reason });
  const rules = index.destinationRulesFor(meshHostOf(host, holder.namespace).fqdn);
  const named = rules.flatMap(({ subsets }) => subsets);
  const hasIt = ({ subsets }: DestinationRule): boolean =>
    subsets.some(({ value }) => value === subset.value);
  const defining = rules.find(hasIt);
  if (defining && state === 'unproved') return link;
  if (defining)
    return { ...link, reason: `${link.reason}, and DestinationRule ${defining.name} has the subset` };
  if (isPlaceholder(subset) || isPlaceholder(host) || named.some(isPlaceholder)) return unproved(FILLED_IN);
  // What is not known of the host is told before what is not known of its subsets.
  if (state === 'unproved' && named.length === 0) return link;
  const loose = index.looseDestinationRules.find(hasIt);
  if (loose) {
    const where = loose.host ? `is for ${loose.host.value}` : 'says no host';
    return unproved(
      `DestinationRule ${loose.name} has subset ${subset.value} and ${where}; one for ${host.value} would prove it`,
    );
  }
  if (named.length === 0) {
    return unproved(
      `the input has no DestinationRule that defines subsets of ${host.value}; its manifest would prove that there is ${subset.value}`,
    );
  }
  const reason = `no DestinationRule for ${host.value} defines subset ${subset.value}`;
  return { ...link, state: 'broken', fault: 'no-subset', reason, destinationRules: rules };
}
