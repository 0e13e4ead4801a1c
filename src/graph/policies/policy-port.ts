import type { ContainerPort, Workload } from '../../model/model.ts';
import { isCilium, type Policy, type PolicyPort, type PolicyRule } from '../../model/policy.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import { PROTOCOLS, type Protocol, protocolOf } from '../../model/protocol.ts';
import type { Scalar } from '../../text/yaml-node.ts';
import { declaredPorts } from '../services/declared-ports.ts';

/** TCP where nothing is said (S-178); to Cilium that is any. */
export const protocolsOf = (policy: Policy, { protocol }: PolicyPort): readonly Protocol[] =>
  isCilium(policy) && (!protocol || protocol.value === 'ANY') ? PROTOCOLS : [protocolOf(protocol)];

/** The declared port that a policy's name or numbers mean on a Pod (S-179). */
export const declaredFor = (policy: Policy, one: PolicyPort, workload: Workload): ContainerPort | undefined =>
  declaredPorts(workload).find((port) => {
    const number = portNumber(port.number);
    return number !== undefined && covers(policy, one, workload, number, protocolOf(port.protocol));
  });

/** Whether a policy's port is this port of the Pod; undefined where that is still to be filled in. */
export function covers(
  policy: Policy,
  one: PolicyPort,
  workload: Workload,
  number: number,
  protocol: Protocol,
): boolean | undefined {
  return coversNumber(
    policy,
    one,
    { number, protocol },
    (name) =>
      typeof name === 'string' &&
      declaredPorts(workload).some(
        (declared) =>
          declared.name?.value === name &&
          declared.number?.value === number &&
          protocolOf(declared.protocol) === protocol,
      ),
  );
}

/** @param otherwise the answer where a policy's port is no number of a port: mostly it is a name */
export function coversNumber(
  policy: Policy,
  one: PolicyPort,
  { number, protocol }: { readonly number: number; readonly protocol: Protocol },
  otherwise: (port: Scalar) => boolean | undefined,
): boolean | undefined {
  if (!protocolsOf(policy, one).includes(protocol)) return false;
  const { port, endPort } = one;
  if (isPlaceholder(port) || isPlaceholder(endPort)) return undefined;
  // Nothing, or Cilium's 0, is every port (S-178).
  if (port === undefined || port.value === 0) return true;
  const first = portNumber(port);
  if (first === undefined) return otherwise(port.value);
  return first <= number && number <= (portNumber(endPort) ?? first);
}

/** Whether a rule admits traffic to this port of the Pod, whoever sends it. */
export function admits(
  policy: Policy,
  { ports }: PolicyRule,
  workload: Workload,
  number: number,
  protocol: Protocol,
): boolean | undefined {
  if (!ports) return true;
  const answers = ports.map((port) => covers(policy, port, workload, number, protocol));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}
