import type { PolicyLink } from '../graph/links/caller-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import { moveListener } from '../questions/processes/move-listener.ts';
import { groupBy } from '../text/group-by.ts';
import { type Edit, type Location, textOf } from '../text/source.ts';
import { spell } from '../text/spell.ts';
import { asChoices, defineRule, type Fix, type Label, type Rule } from './rule.ts';

const policyOnServicePort: Rule = defineRule({
  id: 'policy-on-service-port',
  severity: 'error',
  summary: "A NetworkPolicy is written for a Service's port, while its Pods get the traffic on another.",

  *check(graph) {
    const mistaken = graph.policies.filter(
      ({ fault, state }) => fault === 'service-port' && state === 'broken',
    );
    // One port of a policy may concern several workloads.
    for (const links of groupBy(mistaken, ({ from }) => from.at).values()) {
      const [link] = links.toSorted((a, b) => (a.workload.name < b.workload.name ? -1 : 1));
      const { policy, workload, from, to, direction, servicePort } = link!;
      const own = to?.port?.number;
      if (!from.at || !servicePort || own === undefined) continue;
      const asked = from.port?.number;
      const { service, port } = servicePort;
      yield {
        message: `${describe(policy)} ${direction === 'ingress' ? 'lets in port' : 'lets out to port'} ${asked}, which is ${describe(service)}'s; the Pods of ${describe(workload)} get its traffic on ${own}`,
        resources: [policy, service, workload],
        field: from.field,
        link: link!,
        labels: [
          { at: from.at, message: 'the port of a Service; no Pod has it' },
          { at: (port.port ?? port).at, message: "the Service's port" },
          ...podLabel(link!),
        ],
        notes: [
          'a policy sees traffic after the Service has sent it on, so its ports are those of the Pods; what comes in on any other is dropped',
          "probes succeed all the same: traffic from the Pod's own node is always let in",
        ],
        fixes: asChoices([
          { title: `admit the Pods' port ${own}`, edits: [renumber(from.at, own)] },
          ...movePods(graph, link!, own),
        ]),
      };
    }
  },
});

/** The targetPort, or the declaration that it stands for. */
function podLabel({ servicePort, to }: PolicyLink): Label[] {
  const at = servicePort?.port.targetPort ?? to?.at;
  return at ? [{ at, message: "the Pods' port" }] : [];
}

/**
 * The other end: the process listens where the policy says, and what leads to it follows. Only where a setting moves
 * it: the Service's own number changes nothing, since a policy never sees it, and a declaration moves no process.
 */
function movePods(
  { processOf, targetPortsOf }: PortGraph,
  { workload, from, servicePort }: PolicyLink,
  own: number,
): Pick<Fix, 'title' | 'edits'>[] {
  const asked = from.port?.number;
  if (asked === undefined || !servicePort) return [];
  const { containers } = workload.template;
  const moves = containers.flatMap((one) => moveListener(processOf(workload, one), own, asked) ?? []);
  const [move, ...others] = moves;
  if (!move || others.length > 0) return [];
  const spoken = [
    ...targetPortsOf(servicePort.service).flatMap((one) =>
      one.workload === workload ? (one.servicePort.targetPort ?? []) : [],
    ),
    ...containers.flatMap(({ ports, probes }) => [
      ...ports.flatMap(({ number }) => number ?? []),
      ...probes.map(({ port }) => port),
    ]),
  ].filter((one) => one.value === own);
  return [{ ...move, edits: [...move.edits, ...spoken.map(({ at }) => ({ at, text: String(asked) }))] }];
}

/** Numbers of Cilium's policies are text, and stay in their quotes. */
const renumber = (at: Location, number: number): Edit =>
  textOf(at).startsWith('"') || textOf(at).startsWith("'")
    ? spell(at, String(number))
    : { at, text: String(number) };

export default policyOnServicePort;
