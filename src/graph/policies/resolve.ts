import type { Budget } from '../../model/budget.ts';
import type { ContainerPort, Workload } from '../../model/model.ts';
import { isPodPeer, type Policy, type PolicyPort, type PolicyRule } from '../../model/policy.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import type { PolicyLink } from '../links/caller-links.ts';
import { containerPortEnd, type End, end, endPort } from '../links/end.ts';
import { unproved } from '../links/lacks/lacking.ts';
import type { PortGraph } from '../links/port-graph.ts';
import { broken, type Settled, whole } from '../links/proofs/proving.ts';
import type { TargetPortLink } from '../links/service-links.ts';
import { reachOf } from '../processes/pod-process.ts';
import { type Admission, admissionOf } from './admission.ts';
import { isBroad, type PolicyPods, policyPods, type SelectedPods } from './policy-pods.ts';
import { covers, declaredFor, protocolsOf } from './policy-port.ts';

interface Context {
  readonly budget: Budget;
  readonly pods: PolicyPods;
  readonly admission: Admission;
  readonly processOf: PortGraph['processOf'];
  readonly targetPortsOf: (workload: Workload) => readonly TargetPortLink[];
}

/** Every port of every NetworkPolicy, followed to the Pods that it is for (S-177..S-181). */
export function resolvePolicies(
  model: Model,
  targetPorts: readonly TargetPortLink[],
  processOf: PortGraph['processOf'],
): PolicyLink[] {
  const pods = policyPods(model);
  if (pods.selected.length === 0) return [];
  const targets = groupBy(targetPorts, ({ workload }) => workload);
  const context: Context = {
    budget: model.budget,
    pods,
    admission: admissionOf(model, pods),
    processOf,
    targetPortsOf: (workload) => targets.get(workload) ?? [],
  };
  return pods.selected.flatMap((selected) =>
    selected.part.rules.flatMap((rule) =>
      (rule.ports ?? []).flatMap((port) => resolve(context, selected, rule, port)),
    ),
  );
}

/**
 * A port that some of the Pods have is meant for those: one policy may be for many kinds of Pods. A rule for every
 * Pod of a namespace is a fault of none of them.
 */
function resolve(context: Context, selected: SelectedPods, rule: PolicyRule, one: PolicyPort): PolicyLink[] {
  const { policy } = selected;
  const { port } = one;
  if (port === undefined || port.value === 0) return [];
  const { workloads: all, isBroad: broad } = concerned(context, selected, rule);
  const workloads = context.budget.first(all, policy);
  const name = typeof port.value === 'string' ? port.value : undefined;
  const number = portNumber(port);
  const asked = endPort(
    name,
    number,
    protocolsOf(policy, one).length === 1 ? protocolOf(one.protocol) : undefined,
  );
  const start = {
    kind: 'policy',
    policy,
    direction: rule.direction,
    from: end(policy, `${rule.field}.ports[${port.value}/${protocolOf(one.protocol)}]`, port.at, {
      port: asked,
    }),
    fault: undefined,
    servicePort: undefined,
    to: undefined,
    evidence: 'declared',
  } as const;
  if (isPlaceholder(port)) {
    return workloads.map((workload) => ({ ...start, workload, ...unproved('filled-in') }));
  }
  const found = workloads.flatMap((workload): PolicyLink[] => {
    const there = podPort(context, policy, one, workload);
    return there ? [{ ...start, workload, ...there }] : [];
  });
  if (found.length > 0 || broad) return found;
  if (workloads.length < all.length) {
    return workloads.map((workload) => ({ ...start, workload, ...unproved('too-many', { of: 'pods' }) }));
  }
  return workloads.map((workload) => {
    if (name !== undefined) {
      return { ...start, workload, fault: 'unresolved', ...broken('no-port-of-policy', { workload, name }) };
    }
    const taken = mistaken(context, selected, rule, one, workload);
    if (taken) {
      const { service, servicePort, number: own } = taken;
      return {
        ...start,
        workload,
        to: podEnd(workload, taken.declared, own, taken.protocol),
        servicePort: { service, port: servicePort },
        fault: 'service-port',
        ...broken('service-port-of-policy', { number, service: service.name, own }),
      };
    }
    return { ...start, workload, ...unproved('port-of-policy', { workload }) };
  });
}

/** The Pods that traffic arrives at: those of the policy, or the peers that its Pods may send to. */
function concerned(
  { pods }: Context,
  { policy, part, workloads }: SelectedPods,
  { direction, peers }: PolicyRule,
): { readonly workloads: readonly Workload[]; readonly isBroad: boolean } {
  if (direction === 'ingress') return { workloads, isBroad: isBroad(part.pods) };
  const known = (peers ?? []).filter(isPodPeer);
  return {
    workloads: [...new Set(known.flatMap((peer) => pods.peersOf(policy, peer)))],
    isBroad: known.some((peer) => isBroad(peer.pods)) || known.length < (peers?.length ?? 0),
  };
}

/** A port that the Pod declares, that a Service sends traffic to, or that its process is known to listen on. */
function podPort(
  { targetPortsOf, processOf }: Context,
  policy: Policy,
  one: PolicyPort,
  workload: Workload,
): (Settled & Pick<PolicyLink, 'to' | 'evidence'>) | undefined {
  const declared = declaredFor(policy, one, workload);
  if (declared) {
    const to = podEnd(workload, declared, portNumber(declared.number), protocolOf(declared.protocol));
    return { ...whole('pod-port'), to, evidence: 'declared' };
  }
  const target = targetPortsOf(workload).find(
    ({ number, protocol }) => number !== undefined && covers(policy, one, workload, number, protocol),
  );
  if (target) {
    const to = podEnd(workload, undefined, target.number, target.protocol);
    return { ...whole('sent-by-service', { service: target.service.name }), to, evidence: 'declared' };
  }
  const number = portNumber(one.port);
  if (number === undefined) return undefined;
  for (const protocol of protocolsOf(policy, one)) {
    const { state, proof, lacks, evidence } = reachOf(workload, number, protocol, undefined, processOf);
    if (state === 'whole')
      return { state, proof, lacks, to: podEnd(workload, undefined, number, protocol), evidence };
  }
  return undefined;
}

const podEnd = (
  workload: Workload,
  declared: ContainerPort | undefined,
  number: number | undefined,
  protocol: string,
): End => {
  const container = workload.template.containers.find(({ ports }) => declared && ports.includes(declared));
  return declared
    ? containerPortEnd(workload, container?.name, declared)
    : end(workload, 'containers', workload.template.containersAt, {
        port: endPort(undefined, number, protocol),
      });
};

/**
 * The Service whose port the number is, where that proves a mistake: the Pods know no such port, and no policy lets
 * the Service's traffic through on the port that it arrives at (S-177).
 */
function mistaken(
  { targetPortsOf, admission }: Context,
  { policy, workloads }: SelectedPods,
  { direction }: PolicyRule,
  one: PolicyPort,
  workload: Workload,
): (TargetPortLink & { readonly number: number }) | undefined {
  const wanted = portNumber(one.port);
  if (one.endPort) return undefined;
  const targets = targetPortsOf(workload).toSorted((a, b) => (a.service.name < b.service.name ? -1 : 1));
  for (const link of targets) {
    const { servicePort, number, protocol, state, distant } = link;
    if (number === undefined || state === 'broken' || distant) continue;
    if (portNumber(servicePort.port) !== wanted || !protocolsOf(policy, one).includes(protocol)) continue;
    const isDropped =
      direction === 'ingress'
        ? admission.toPort(workload, number, protocol) === 'blocked'
        : workloads.some((source) => admission.outTo(source, workload, number, protocol) === 'blocked');
    if (isDropped) return { ...link, number };
  }
  return undefined;
}
