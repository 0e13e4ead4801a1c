import type { Arrival } from '../../graph/policies/kept-from.ts';
import { admits } from '../../graph/policies/policy-port.ts';
import { isEmpty, type LabelSelector, matches } from '../../model/label-selector.ts';
import type { Workload } from '../../model/model.ts';
import { isPodPeer, type Policy } from '../../model/policy.ts';
import type { Location } from '../../text/source.ts';

/** A peer that was plainly meant for a client, and what keeps it from being that. */
export type NearPeer =
  /** It means Pods of the policy's own namespace, and the client is in another. */
  | { readonly is: 'namespace'; readonly policy: Policy; readonly at: Location }
  /** The client has another value for this label, or none. */
  | {
      readonly is: 'label';
      readonly policy: Policy;
      readonly at: Location;
      readonly key: string;
      readonly has: string | undefined;
    };

/** Among the rules that let this port in, the peer that comes nearest to a client that none of them means. */
export function nearPeer(
  policies: readonly Policy[],
  client: Workload,
  { workload, number, protocol }: Arrival,
): NearPeer | undefined {
  for (const policy of policies) {
    const peers = policy.parts.flatMap(({ rules }) =>
      rules.flatMap((rule) =>
        rule.direction === 'ingress' && admits(policy, rule, workload, number, protocol) !== false
          ? (rule.peers ?? []).filter(isPodPeer)
          : [],
      ),
    );
    for (const { pods, namespaces } of peers) {
      if (namespaces || !pods || isEmpty(pods)) continue;
      const [first] = pods.labels.values();
      const isFar = client.namespace !== policy.namespace;
      if (isFar && matches(pods, client.template.labels)) {
        return { is: 'namespace', policy, at: first?.at ?? policy.nameAt };
      }
      const off = isFar ? undefined : otherLabel(pods, client);
      if (off) return { is: 'label', policy, ...off };
    }
  }
  return undefined;
}

function otherLabel(
  { labels, expressions }: LabelSelector,
  { template }: Workload,
): { readonly at: Location; readonly key: string; readonly has: string | undefined } | undefined {
  const off = [...labels].filter(([key, { value }]) => template.labels.get(key)?.value !== value);
  const [[key, wanted] = []] = off;
  if (!key || !wanted || off.length > 1 || expressions.length > 0) return undefined;
  return { at: wanted.at, key, has: template.labels.get(key)?.value };
}
