import { isEmpty, type LabelSelector, matches } from '../../model/label-selector.ts';
import type { Labels, Workload } from '../../model/model.ts';
import { isPolicy, POLICY_KINDS, type PodPeer, type Policy, type PolicyPart } from '../../model/policy.ts';
import { isPlaceholder } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import { isGivenAtRunTime } from '../services/near-miss.ts';
import { workloadIndex } from '../services/workload-index.ts';
import { namespaceSelector } from './namespace-selector.ts';

/** A policy and the workloads whose Pods it is for. */
export interface SelectedPods {
  readonly policy: Policy;
  readonly part: PolicyPart;
  readonly workloads: readonly Workload[];
  /** Those of which the input does not tell. */
  readonly perhaps: readonly Workload[];
}

export interface PolicyPods {
  readonly selected: readonly SelectedPods[];
  /** Workloads that are certainly meant by a peer. */
  peersOf(policy: Policy, peer: PodPeer): readonly Workload[];
  isPeer(policy: Policy, peer: PodPeer, workload: Workload): boolean | undefined;
}

export const policiesOf = (model: Model): Policy[] =>
  POLICY_KINDS.flatMap((kind) => model.ofKind(kind)).filter(isPolicy);

/** Links and three rules ask, of one model the same. */
const asked = new WeakMap<Model, PolicyPods>();

/** Who is meant by the policies of a set. Pods on the node's network are out of their reach. */
export function policyPods(model: Model): PolicyPods {
  const known = asked.get(model) ?? podsOf(model);
  asked.set(model, known);
  return known;
}

function podsOf(model: Model): PolicyPods {
  const policies = policiesOf(model);
  if (policies.length === 0) return { selected: [], peersOf: () => [], isPeer: () => undefined };

  const isOfNamespace = namespaceSelector(model);
  const isMeant = (
    policy: Policy,
    { pods, namespaces: named }: PodPeer,
    workload: Workload,
  ): boolean | undefined => {
    if (workload.template.hostNetwork) return false;
    const there = named ? isOfNamespace(named, workload.namespace) : workload.namespace === policy.namespace;
    const fits = pods ? isOfPods(pods, workload) : true;
    return there === false || fits === false ? false : there && fits;
  };

  const parts = policies.flatMap((policy) =>
    policy.parts.map((part) => ({
      policy,
      part,
      namespace: policy.namespace,
      selector: lasting(part.pods.labels),
    })),
  );
  const find = workloadIndex(model, parts);
  // Many policies are for the same Pods, and name the same few peers.
  const known = new Map<string, Pick<SelectedPods, 'workloads' | 'perhaps'>>();
  const meantBy = (
    policy: Policy,
    peer: PodPeer,
    near: readonly Workload[],
  ): Pick<SelectedPods, 'workloads' | 'perhaps'> => {
    const key = JSON.stringify([
      near.length,
      peer.namespaces ? keyOf(peer.namespaces) : policy.namespace,
      peer.pods && keyOf(peer.pods),
    ]);
    const there = known.get(key);
    if (there) return there;
    const asked = 1 + (peer.pods?.labels.size ?? 0) + (peer.pods?.expressions.length ?? 0);
    if (!model.budget.allows(near.length * asked, policy)) return { workloads: [], perhaps: near };
    const answers = groupBy(near, (workload) => isMeant(policy, peer, workload));
    const made = { workloads: answers.get(true) ?? [], perhaps: answers.get(undefined) ?? [] };
    known.set(key, made);
    return made;
  };
  const selected = parts.map((one): SelectedPods => {
    const { policy, part, selector, namespace } = one;
    const near = part.namespaces
      ? model.workloads
      : selector.size > 0
        ? find(one)
        : model.workloadsIn(namespace);
    return { policy, part, ...meantBy(policy, part, near) };
  });
  const peersOf = (policy: Policy, peer: PodPeer): readonly Workload[] =>
    meantBy(policy, peer, peer.namespaces ? model.workloads : model.workloadsIn(policy.namespace)).workloads;
  return { selected, peersOf, isPeer: isMeant };
}

/** A selector that leaves no Pod out says nothing about any one of them. */
export const isBroad = (pods: LabelSelector | undefined): boolean => pods === undefined || isEmpty(pods);

const isOfPods = (selector: LabelSelector, { template }: Workload): boolean | undefined =>
  matches(selector, template.labels, (key) => !isAdded(key));

/** Labels that controllers or the program itself give a Pod are in no template (S-058, S-059). */
const isAdded = (key: string): boolean =>
  isGivenAtRunTime(key) ||
  /(?:^|\/)(?:pod-template-hash|controller-revision-hash|controller-uid|job-name|job-completion-index|pod-name|pod-index)$/.test(
    key,
  );

/** What can be looked up among the labels of templates. */
const lasting = (labels: Labels): Labels =>
  new Map([...labels].filter(([key, value]) => !isAdded(key) && !isPlaceholder(value)));

const keyOf = ({ labels, expressions }: LabelSelector): unknown => [
  [...labels].map(([key, { value }]) => [key, value]),
  expressions.map(({ key, operator, values }) => [key, operator, values.map(({ value }) => value)]),
];
