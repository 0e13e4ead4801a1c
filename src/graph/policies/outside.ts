import {
  isCilium,
  isPodPeer,
  type Policy,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
} from '../../model/policy.ts';
import { portNumber } from '../../model/ports.ts';
import type { Protocol } from '../../model/protocol.ts';
import { includesAddress } from './address-block.ts';
import { coversNumber } from './policy-port.ts';

/** A host that is no Pod or Service of the cluster, as far as its name or address tells. */
export type OutsideHost =
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'address'; readonly address: string; readonly isPrivate: boolean };

/** A port of a host that is no Pod. */
export interface OutsidePort {
  readonly host: OutsideHost;
  readonly number: number;
  readonly protocol: Protocol;
}

/**
 * Whether a rule lets traffic out to a host that is no Pod of the cluster. A private address may be a Service's all
 * the same, whose traffic arrives at another port of some Pod, so that little is certain of it.
 */
export function admitsOutside(
  policy: Policy,
  { ports, peers }: PolicyRule,
  dialled: OutsidePort,
): boolean | undefined {
  const { host, number } = dialled;
  const answers = ports?.map((port) => coversOutside(policy, port, dialled)) ?? [true];
  const covered = answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  const mayBePod = host.is === 'address' && host.isPrivate;
  if (covered === false) return mayBePod && !isForDns(ports) && !isOfBlocks(peers) ? undefined : false;
  if (!peers) return covered;
  const meant = peers.map((peer) => isPeer(peer, host, number));
  if (meant.includes(true)) return covered;
  return meant.includes(undefined) ? undefined : false;
}

function isPeer(peer: PolicyPeer, host: OutsideHost, number: number): boolean | undefined {
  if (peer === 'elsewhere') return undefined;
  if (isPodPeer(peer)) {
    // A web address may lead to the cluster's own way in, whose Pods can be meant.
    if (host.is === 'name') return WEB.has(number) ? undefined : false;
    return host.isPrivate ? undefined : false;
  }
  return host.is === 'name' ? undefined : includesAddress(peer, host.address);
}

const WEB: ReadonlySet<number> = new Set([80, 443]);

/** A name means the port that a Pod calls so, and no Pod is asked for here (S-179). */
const coversOutside = (policy: Policy, one: PolicyPort, dialled: OutsidePort): boolean | undefined =>
  coversNumber(policy, one, dialled, (port) =>
    typeof port === 'string' && !isCilium(policy) ? false : undefined,
  );

const isForDns = (ports: PolicyRule['ports']): boolean =>
  ports?.every(({ port, endPort }) => portNumber(port) === 53 && !endPort) ?? false;

const isOfBlocks = (peers: PolicyRule['peers']): boolean =>
  peers?.every((peer) => peer !== 'elsewhere' && !isPodPeer(peer)) ?? false;
