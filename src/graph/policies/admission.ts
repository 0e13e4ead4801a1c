import type { Workload } from '../../model/model.ts';
import type { Direction, Policy } from '../../model/policy.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Model } from '../../model/resource-set.ts';
import { areNear } from '../../text/bundle.ts';
import { type PolicyPods, policyPods, type SelectedPods } from './policy-pods.ts';
import { admits } from './policy-port.ts';

/** `open`: no policy is about it. `blocked`: some are, and none admits it from anywhere. */
export type Verdict = 'open' | 'admitted' | 'blocked' | 'unknown';

export interface Admission {
  /** Whether traffic may come in to this port of the Pods, whoever sends it. */
  toPort(workload: Workload, number: number, protocol: Protocol): Verdict;
  /** Whether the Pods of `source` may send traffic to this port of the Pods of `workload`. */
  outTo(source: Workload, workload: Workload, number: number, protocol: Protocol): Verdict;
  /** Policies that select the Pods and let in nothing but what some policy admits. */
  isolating(workload: Workload): readonly Policy[];
}

/**
 * What the NetworkPolicies of a set admit together: they add up, so one that admits is enough. Probes are never held
 * back, as they come from the Pod's own node (S-181).
 */
export function admissionOf(model: Model, pods: PolicyPods = policyPods(model)): Admission {
  const certain = partsByWorkload(pods.selected, ({ workloads }) => workloads);
  const perhaps = partsByWorkload(pods.selected, (one) => one.perhaps);
  // Other kinds of policies may admit what these do not.
  const isForeign = model.others.some(({ kind }) => kind.endsWith('NetworkPolicy'));

  const verdict = (
    workload: Workload,
    direction: Direction,
    holds: (one: SelectedPods, rule: SelectedPods['part']['rules'][number]) => boolean | undefined,
  ): Verdict => {
    const parts = certain.get(workload) ?? [];
    const maybe = perhaps.get(workload) ?? [];
    const isolates = ({ part }: SelectedPods): boolean => part.isolates.includes(direction);
    if (!parts.some(isolates)) return maybe.some(isolates) ? 'unknown' : 'open';
    const answersOf = (some: readonly SelectedPods[]): (boolean | undefined)[] =>
      some.flatMap((one) =>
        one.part.rules.filter((rule) => rule.direction === direction).map((rule) => holds(one, rule)),
      );
    const answers = answersOf(parts);
    if (answers.includes(true)) return 'admitted';
    // So may a policy that is still a template.
    const isDrafted = model.templates.some((template) => areNear(template, workload));
    const isOpen =
      isForeign || isDrafted || answers.includes(undefined) || answersOf(maybe).some((one) => one !== false);
    return isOpen ? 'unknown' : 'blocked';
  };

  return {
    toPort: (workload, number, protocol) =>
      verdict(workload, 'ingress', ({ policy }, rule) =>
        rule.peers?.length === 0 ? false : admits(policy, rule, workload, number, protocol),
      ),
    outTo: (source, workload, number, protocol) =>
      verdict(source, 'egress', ({ policy }, rule) => {
        const port = admits(policy, rule, workload, number, protocol);
        if (port === false || !rule.peers) return port;
        const meant = rule.peers.map((peer) =>
          peer === 'elsewhere' ? undefined : pods.isPeer(policy, peer, workload),
        );
        if (meant.includes(true)) return port;
        return meant.includes(undefined) ? undefined : false;
      }),
    isolating: (workload) => [
      ...new Set(
        (certain.get(workload) ?? [])
          .filter(({ part }) => part.isolates.includes('ingress'))
          .map(({ policy }) => policy),
      ),
    ],
  };
}

function partsByWorkload(
  selected: readonly SelectedPods[],
  of: (one: SelectedPods) => readonly Workload[],
): Map<Workload, SelectedPods[]> {
  const parts = new Map<Workload, SelectedPods[]>();
  for (const one of selected) {
    for (const workload of of(one)) {
      const there = parts.get(workload);
      if (there) there.push(one);
      else parts.set(workload, [one]);
    }
  }
  return parts;
}
