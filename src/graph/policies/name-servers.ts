import { isPodPeer, type Policy, type PolicyPeer, type PolicyRule } from '../../model/policy.ts';
import { coversNumber } from './policy-port.ts';

/**
 * Where the Pods of the cluster's name server listen: at 53 with kube-dns and CoreDNS as kubeadm, k3s and the clouds
 * have them, and at 5353 with OpenShift, whose Service `dns-default` forwards 53 there:
 * https://github.com/openshift/cluster-dns-operator/blob/master/pkg/operator/controller/controller_dns_service.go
 */
const PORTS = [53, 5353] as const;
const OF_OPENSHIFT = 'openshift-dns';

const NAMESPACE = 'kubernetes.io/metadata.name';

/**
 * Whether a rule lets questions out to the name server. Resolvers ask by UDP, and by TCP only where an answer was cut
 * short; a port without a protocol is TCP (S-178).
 */
export function admitsNames(policy: Policy, { ports, peers }: PolicyRule): boolean | undefined {
  const numbers = PORTS.filter(
    (number) =>
      !ports ||
      ports.some((one) => coversNumber(policy, one, { number, protocol: 'UDP' }, () => undefined) !== false),
  );
  if (numbers.length === 0) return false;
  if (!peers) return true;
  return peers.some((peer) => mayServeNames(peer, policy, numbers)) ? undefined : false;
}

/** The input seldom has the Pods of the name server: only its namespace tells. */
function mayServeNames(peer: PolicyPeer, { namespace }: Policy, numbers: readonly number[]): boolean {
  if (!isPodPeer(peer)) return true;
  if (!peer.namespaces) return OF_CLUSTERS.has(namespace);
  const { labels, expressions } = peer.namespaces;
  const name = labels.get(NAMESPACE)?.value;
  if (name === undefined || expressions.length > 0) return true;
  return name === OF_OPENSHIFT ? numbers.includes(5353) : OF_CLUSTERS.has(name) || MAY_HAVE_ONE.test(name);
}

const OF_CLUSTERS: ReadonlySet<string> = new Set(['kube-system', OF_OPENSHIFT]);
/** A name server can be installed anywhere, under a name that tells of it; and a name may be filled in. */
const MAY_HAVE_ONE = /dns|system|\$/;
