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
import { defineRule, type Label, type Report, type Rule } from './rule.ts';

const blockedPort: Rule = defineRule({
  id: 'blocked-port',
  severity: 'warning',
  summary: 'Traffic is sent to a Pod port that no NetworkPolicy lets in, or lets its client out to.',

  *check(graph) {
    const mistaken = new Set(
      graph.policies.flatMap(({ direction, state, policy }) =>
        direction === 'egress' && state === 'broken' ? [policy] : [],
      ),
    );
    for (const found of blockedAddresses(graph)) {
      if (!found.policies.some((policy) => mistaken.has(policy))) yield keptIn(found);
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

/** The client's own policies keep it from what it dials. */
function keptIn(found: BlockedAddress): Report {
  const { workload, container, variable, at, service, number, behind, policies } = found;
  const [policy, ...others] = policies.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return {
    message: `container \`${container.name}\` of ${describe(workload)} dials port ${number} of ${describe(service)}, and ${describe(policy!)}${more} ${others.length === 0 ? 'lets' : 'let'} it send nothing to port ${behind} of the Pods behind it`,
    resources: [workload, policy!, service],
    field: `containers[${container.name}].env[${variable}]`,
    labels: [
      { at: policy!.nameAt, message: 'selects the Pods of the client' },
      { at, message: `${variable} dials ${number}` },
    ],
    notes: [
      'once a policy for egress selects a Pod, it sends only what some policy lets out; a policy sees the port of the Pods, after the Service has sent the traffic on',
    ],
    help: [`let port ${behind} out in a rule of \`egress\``],
  };
}

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
