import type { Workload } from '../../model/model.ts';
import { type Direction, isPodPeer, type Policy } from '../../model/policy.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Model } from '../../model/resource-set.ts';
import { unreadNear } from '../../model/unread.ts';
import { groupBy } from '../../text/group-by.ts';
import { admitsNames } from './name-servers.ts';
import { admitsOutside, type OutsidePort } from './outside.ts';
import { type PolicyPods, policyPods, type SelectedPods } from './policy-pods.ts';
import { admits } from './policy-port.ts';

/** `open`: no policy is about it. `blocked`: some are, and none admits it from anywhere. */
export type Verdict = 'open' | 'admitted' | 'blocked' | 'unknown';

export interface Admission {
  /** Whether there is a policy at all. */
  readonly isAny: boolean;
  /** Whether traffic may come in to this port of the Pods, whoever sends it. */
  toPort(workload: Workload, number: number, protocol: Protocol): Verdict;
  /** Whether the Pods of `workload` take traffic from those of `source` at this port. */
  inFrom(source: Workload, workload: Workload, number: number, protocol: Protocol): Verdict;
  /** Whether the Pods of `source` may send traffic to this port of the Pods of `workload`. */
  outTo(source: Workload, workload: Workload, number: number, protocol: Protocol): Verdict;
  /** Whether the Pods of `source` may ask the cluster's name server. */
  toNames(source: Workload): Verdict;
  /** Whether the Pods of `source` may send traffic to a host that is no Pod. */
  outside(source: Workload, dialled: OutsidePort): Verdict;
  /** Policies that select the Pods and let in (or out) nothing but what some policy admits. */
  isolating(workload: Workload, direction?: Direction): readonly Policy[];
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
    if (!model.budget.allows(certain.cost(workload) + perhaps.cost(workload), workload)) return 'unknown';
    const parts = certain.of(workload);
    const maybe = perhaps.of(workload);
    const isolates = ({ part }: SelectedPods): boolean => part.isolates.includes(direction);
    if (!parts.some(isolates)) return maybe.some(isolates) ? 'unknown' : 'open';
    const answersOf = (some: readonly SelectedPods[]): (boolean | undefined)[] =>
      some.flatMap((one) =>
        one.part.rules.filter((rule) => rule.direction === direction).map((rule) => holds(one, rule)),
      );
    const answers = answersOf(parts);
    if (answers.includes(true)) return 'admitted';
    // So may a policy that could not be read.
    const isDrafted = unreadNear(model, workload) !== undefined;
    const isOpen =
      isForeign || isDrafted || answers.includes(undefined) || answersOf(maybe).some((one) => one !== false);
    return isOpen ? 'unknown' : 'blocked';
  };

  /** Whether a rule has this port of the Pods that receive, and `other` among those it lets in or out to. */
  const between = (
    { policy }: SelectedPods,
    rule: SelectedPods['part']['rules'][number],
    receiving: Workload,
    other: Workload,
    number: number,
    protocol: Protocol,
  ): boolean | undefined => {
    const port = admits(policy, rule, receiving, number, protocol);
    if (port === false || !rule.peers) return port;
    const meant = rule.peers.map((peer) => (isPodPeer(peer) ? pods.isPeer(policy, peer, other) : undefined));
    if (meant.includes(true)) return port;
    return meant.includes(undefined) ? undefined : false;
  };

  return {
    isAny: pods.selected.length > 0,
    toPort: (workload, number, protocol) =>
      verdict(workload, 'ingress', ({ policy }, rule) =>
        rule.peers?.length === 0 ? false : admits(policy, rule, workload, number, protocol),
      ),
    // A Pod on the network of its node has the node's address, which policies let in as they let in probes.
    inFrom: (source, workload, number, protocol) =>
      source.template.hostNetwork
        ? 'unknown'
        : verdict(workload, 'ingress', (one, rule) => between(one, rule, workload, source, number, protocol)),
    outTo: (source, workload, number, protocol) =>
      verdict(source, 'egress', (one, rule) => between(one, rule, workload, workload, number, protocol)),
    toNames: (source) => verdict(source, 'egress', ({ policy }, rule) => admitsNames(policy, rule)),
    outside: (source, dialled) =>
      verdict(source, 'egress', ({ policy }, rule) => admitsOutside(policy, rule, dialled)),
    isolating: (workload, direction = 'ingress') => [
      ...new Set(
        certain
          .of(workload)
          .filter(({ part }) => part.isolates.includes(direction))
          .map(({ policy }) => policy),
      ),
    ],
  };
}

interface PartsOf {
  readonly of: (workload: Workload) => readonly SelectedPods[];
  /** How much has to be asked to know what they admit. */
  readonly cost: (workload: Workload) => number;
}

/** Policies for the same Pods share one list of them, so that many of one and many of the other stay few. */
function partsByWorkload(
  selected: readonly SelectedPods[],
  of: (one: SelectedPods) => readonly Workload[],
): PartsOf {
  const crowds = new Map<Workload, { parts: readonly SelectedPods[]; cost: number }[]>();
  for (const [workloads, parts] of groupBy(selected, of)) {
    const crowd = { parts, cost: parts.reduce((sum, one) => sum + rulesIn(one), 0) };
    for (const workload of workloads) {
      const there = crowds.get(workload);
      if (there) there.push(crowd);
      else crowds.set(workload, [crowd]);
    }
  }
  return {
    of: (workload) => (crowds.get(workload) ?? []).flatMap(({ parts }) => parts),
    cost: (workload) => (crowds.get(workload) ?? []).reduce((sum, { cost }) => sum + cost, 0),
  };
}

const rulesIn = ({ part }: SelectedPods): number =>
  part.rules.reduce((sum, { ports, peers }) => sum + (ports?.length ?? 1) + (peers?.length ?? 0), 1);
