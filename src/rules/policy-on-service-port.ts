import type { PolicyLink } from '../graph/links/caller-links.ts';
import { describe } from '../model/describe.ts';
import { groupBy } from '../model/resource-set.ts';
import { type Edit, type Location, textOf } from '../text/source.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Label, type Rule } from './rule.ts';

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
        fixes: [
          {
            title: `admit the Pods' port ${own}`,
            applicability: 'unsafe',
            edits: [renumber(from.at, own)],
          },
        ],
      };
    }
  },
});

/** The targetPort, or the declaration that it stands for. */
function podLabel({ servicePort, to }: PolicyLink): Label[] {
  const at = servicePort?.port.targetPort ?? to?.at;
  return at ? [{ at, message: "the Pods' port" }] : [];
}

/** Numbers of Cilium's policies are text, and stay in their quotes. */
const renumber = (at: Location, number: number): Edit =>
  textOf(at).startsWith('"') || textOf(at).startsWith("'")
    ? spell(at, String(number))
    : { at, text: String(number) };

export default policyOnServicePort;
