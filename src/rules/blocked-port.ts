import { groundsOf, wordLinkGround } from '../graph/links/evidence.ts';
import type { BindLink } from '../graph/links/pod-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import type { TargetPortLink } from '../graph/links/service-links.ts';
import type { LinkGround } from '../graph/links/stated.ts';
import { admissionOf } from '../graph/policies/admission.ts';
import { describe } from '../model/describe.ts';
import type { Workload } from '../model/model.ts';
import type { Policy } from '../model/policy.ts';
import { type BlockedAddress, blockedAddresses } from '../questions/clients/blocked-addresses.ts';
import { type BlockedOutside, blockedOutside } from '../questions/clients/blocked-outside.ts';
import { nearPeer } from '../questions/clients/near-peer.ts';
import { type KeptProxy, keptProxies } from '../questions/routes/kept-proxies.ts';
import { defineRule, type Label, type Report, type Rule } from './rule.ts';

const blockedPort: Rule = defineRule({
  id: 'blocked-port',
  severity: 'warning',
  summary: 'Traffic is sent to a Pod port that no NetworkPolicy lets in, or lets its client out to.',

  *check(graph) {
    const mistaken = new Set(
      graph.policies.flatMap(({ state, policy }) => (state === 'broken' ? [policy] : [])),
    );
    for (const found of blockedAddresses(graph)) {
      if (!found.policies.some((policy) => mistaken.has(policy))) yield KEPT[found.kept](found);
    }
    for (const found of keptProxies(graph)) {
      if (!found.policies.some((policy) => mistaken.has(policy))) yield keptProxy(found);
    }
    for (const found of blockedOutside(graph)) {
      if (!found.policies.some((policy) => mistaken.has(policy))) yield keptFromOutside(found);
    }
    const { toPort, isolating } = admissionOf(graph.model);
    const told = toldElsewhere(graph);
    for (const bind of graph.binds) {
      const { workload, number, protocol, state } = bind;
      const [sender] = bind.from.toSorted((a, b) => (a.service.name < b.service.name ? -1 : 1));
      // Where nothing listens, that is what is told.
      if (!sender || state === 'broken' || told.has(workload)) continue;
      if (toPort(workload, number, protocol) !== 'blocked') continue;
      const policies = isolating(workload).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const [policy, ...others] = policies;
      if (!policy) continue;
      const more =
        others.length === 0 ? '' : others.length === 1 ? ' and 1 more' : ` and ${others.length} more`;
      const passed = groundsOf(bind).find(isFromPod);
      yield {
        message: `${describe(policy)}${more} ${others.length === 0 ? 'lets' : 'let'} nothing in to port ${number} of ${describe(workload)}, to which ${describe(sender.service)} sends its port ${sender.servicePort.port?.value ?? '?'}`,
        resources: [policy, workload, sender.service],
        link: bind,
        ...(passed ? {} : { stopsTraffic: true }),
        field: `${workload.kind}/${workload.name}:${number}/${protocol}`,
        labels: [...policyLabels(policies), ...podLabels(bind, sender)] as [Label, ...Label[]],
        notes: [
          `once a policy selects a Pod, it takes only what some policy lets in; ${policies.length === 1 ? 'this is the only one of the input for these Pods' : 'these are all of the input for these Pods'}, and none has ${number}/${protocol}`,
          "probes succeed all the same: traffic from the Pod's own node is always let in",
          ...(passed
            ? [`${wordLinkGround(passed)}: the network of this cluster does not enforce NetworkPolicies`]
            : []),
        ],
        help: [
          `add \`{ port: ${number}${protocol === 'TCP' ? '' : `, protocol: ${protocol}`} }\` to a rule for those who may send`,
        ],
      };
    }
  },
});

/** What keeps a client from a Service that it dials. */
const KEPT: Record<BlockedAddress['kept'], (found: BlockedAddress) => Report> = {
  out: (found) => {
    const { policies, behind } = found;
    return {
      ...dialled(found),
      message: `${dials(found)}, and ${some(policies, 'lets', 'let')} it send nothing to port ${behind.number} of the Pods behind it`,
      labels: [
        { at: policies[0].nameAt, message: 'selects the Pods of the client' },
        { at: found.at, message: `${found.variable} dials ${found.number}` },
      ],
      notes: [
        'once a policy for egress selects a Pod, it sends only what some policy lets out; a policy sees the port of the Pods, after the Service has sent the traffic on',
      ],
      help: [`let port ${behind.number} out in a rule of \`egress\``],
    };
  },

  names: (found) => {
    const { policies, workload, container } = found;
    return {
      ...dialled(found),
      message: `${dials(found)} by name, and ${some(policies, 'lets', 'let')} it ask no name server`,
      field: `containers[${container.name}].dns`,
      labels: [
        { at: policies[0].nameAt, message: 'selects the Pods of the client, and lets no DNS out' },
        { at: found.at, message: 'a name, which has to be looked up' },
      ],
      notes: [
        'once a policy for egress selects a Pod, it sends only what some policy lets out, and looking up a name is traffic to the name server of the cluster: UDP port 53 (5353 at the Pods of OpenShift); a port without `protocol` is TCP',
        `${inAll(policies, workload)}; a name that cannot be looked up is seen as a time-out or as an unknown host`,
      ],
      help: [
        'let ports 53/UDP and 53/TCP out in a rule of `egress`, to everybody or to namespace `kube-system`',
      ],
    };
  },

  in: (found) => {
    const { workload, behind, policies, service } = found;
    return {
      ...dialled(found),
      resources: [behind.workload, policies[0], workload, service],
      message: `${dials(found)}, and ${some(policies, 'lets', 'let')} nothing of ${describe(workload)} in to port ${behind.number} of ${describe(behind.workload)}`,
      ...lettingIn(found, workload, { at: found.at, message: `${found.variable} dials ${found.number}` }),
    };
  },
};

const dialled = ({ workload, container, variable, service, policies }: BlockedAddress) => ({
  resources: [workload, policies[0], service],
  field: `containers[${container.name}].env[${variable}]`,
});

const dials = ({ container, workload, number, service }: BlockedAddress): string =>
  `container \`${container.name}\` of ${describe(workload)} dials port ${number} of ${describe(service)}`;

/** The Pods that pass requests on are held by policies as all others are. */
function keptProxy({ link, service, proxy, behind, kept, policies }: KeptProxy): Report {
  const { route, field, backend } = link;
  const { number, workload } = behind;
  const way = `${describe(route)} is served by ${describe(proxy)}`;
  const shared = {
    resources: [route, policies[0], workload, service, proxy],
    link,
    field,
    stopsTraffic: true as const,
  };
  const sent = { at: backend.at, message: `requests go to ${describe(service)} from here` };
  return kept === 'in'
    ? {
        ...shared,
        message: `${way}, of which ${some(policies, 'lets', 'let')} nothing in to port ${number} of ${describe(workload)}`,
        ...lettingIn({ policies, behind }, proxy, sent),
      }
    : {
        ...shared,
        message: `${way}, which ${some(policies, 'lets', 'let')} send nothing to port ${number} of ${describe(workload)}`,
        labels: [{ at: policies[0].nameAt, message: 'selects the Pods that pass requests on' }, sent],
        notes: [
          'once a policy for egress selects a Pod, it sends only what some policy lets out; a policy sees the port of the Pods, after the Service has sent the traffic on',
        ],
        help: [`let port ${number} out in a rule of \`egress\``],
      };
}

/** Who is let in where a client is not, and which peer was likely meant for it. */
function lettingIn(
  { policies, behind }: Pick<BlockedAddress, 'policies' | 'behind'>,
  client: Workload,
  end: Label,
): Pick<Report, 'labels' | 'notes' | 'help'> {
  const near = nearPeer(policies, client, behind);
  const note = `once a policy selects a Pod, it takes only what some policy lets in; ${inAll(policies, behind.workload)}`;
  const room = `\`namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${client.namespace} } }\``;
  if (near?.is === 'namespace') {
    return {
      labels: [
        { at: near.at, message: `only Pods of namespace ${near.policy.namespace}, that of the policy` },
        end,
      ],
      notes: [
        note,
        `a \`podSelector\` alone means Pods of the policy's own namespace; the client is in \`${client.namespace}\``,
      ],
      help: [`put ${room} beside this \`podSelector\`, in the same item of \`from\``],
    };
  }
  if (near) {
    const { key, has } = near;
    const own = has === undefined ? `no label \`${key}\`` : `\`${key}: ${has}\``;
    return {
      labels: [{ at: near.at, message: `the Pods of ${client.kind} ${client.name} have ${own}` }, end],
      notes: [note],
      help: [`let Pods with the labels of ${describe(client)} in`],
    };
  }
  return {
    labels: [
      { at: policies[0].nameAt, message: `lets others in, and not ${client.kind} ${client.name}` },
      end,
    ],
    notes: [note],
    help: [
      `let Pods with the labels of ${describe(client)} in${client.namespace === policies[0].namespace ? '' : `, with ${room}`}`,
    ],
  };
}

/** The policies as the subject of a sentence. */
const some = ([policy, ...others]: readonly [Policy, ...Policy[]], one: string, many: string): string =>
  others.length === 0
    ? `${describe(policy)} ${one}`
    : `${describe(policy)} and ${others.length} more ${many}`;

const inAll = ({ length }: readonly Policy[], { kind, name }: Workload): string =>
  length === 1
    ? `this is the only one of the input for ${kind} ${name}`
    : `these are all of the input for ${kind} ${name}`;

/** And from what it dials outside the cluster. */
function keptFromOutside(found: BlockedOutside): Report {
  const { workload, container, variable, at, host, number, policies } = found;
  const [policy, ...others] = policies.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const name = host.is === 'name' ? host.name : host.address;
  return {
    message: `container \`${container.name}\` of ${describe(workload)} dials port ${number} of \`${name}\`, and ${describe(policy!)}${more} ${others.length === 0 ? 'lets' : 'let'} it send nothing there`,
    resources: [workload, policy!],
    field: `containers[${container.name}].env[${variable}]`,
    labels: [
      { at: policy!.nameAt, message: 'selects the Pods of the client' },
      { at, message: `${variable} dials ${number}` },
    ],
    notes: [
      `once a policy for egress selects a Pod, it sends only what some policy lets out; ${policies.length === 1 ? 'this is the only one of the input for these Pods' : 'these are all of the input for these Pods'}`,
      'a peer with `podSelector` or `namespaceSelector` means Pods of the cluster, and no host outside of it',
    ],
    help: [
      `let port ${number} out in a rule of \`egress\`, to an \`ipBlock\` with the addresses of \`${name}\`${host.is === 'name' ? ', or to everybody' : ''}`,
    ],
  };
}

/** No Pod is let in: one that was answered tells that nobody keeps it out. */
const isFromPod = (ground: LinkGround): boolean =>
  ground.kind === 'connection' && ground.from === 'pod' && ground.answer.kind !== 'timeout';

/** A policy that was written for another port than it should be, or names one that is not there, says so itself. */
const toldElsewhere = ({ policies }: PortGraph): ReadonlySet<Workload> =>
  new Set(
    policies.flatMap(({ direction, state, workload }) =>
      direction === 'ingress' && state === 'broken' ? [workload] : [],
    ),
  );

const policyLabels = (policies: readonly Policy[]): Label[] =>
  policies.slice(0, 3).map(({ nameAt }) => ({ at: nameAt, message: 'selects these Pods' }));

function podLabels({ declared }: BindLink, { servicePort }: TargetPortLink): Label[] {
  const sent = servicePort.targetPort ?? servicePort.port;
  return [
    ...(sent ? [{ at: sent.at, message: 'sent to from here' }] : []),
    ...(declared?.number ? [{ at: declared.number.at, message: 'no policy lets this in' }] : []),
  ];
}

export default blockedPort;
