import type { PolicyLink } from '../graph/links/caller-links.ts';
import { declaredPorts } from '../graph/services/declared-ports.ts';
import { mayMean } from '../knowledge/port-role.ts';
import { describe } from '../model/describe.ts';
import type { ContainerPort } from '../model/model.ts';
import { callContainerPort } from '../model/port-edits.ts';
import { isPortName, portNumber } from '../model/ports.ts';
import { type Protocol, protocolOf } from '../model/protocol.ts';
import { groupBy } from '../text/group-by.ts';
import type { Location } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const unresolvedPolicyPort: Rule = defineRule({
  id: 'unresolved-policy-port',
  severity: 'warning',
  summary: 'A NetworkPolicy names a port that none of its Pods declares with this protocol.',

  *check(graph) {
    const unresolved = graph.policies.filter(
      ({ fault, state }) => fault === 'unresolved' && state === 'broken',
    );
    for (const links of groupBy(unresolved, ({ from }) => from.at).values()) {
      const [link] = links.toSorted((a, b) => (a.workload.name < b.workload.name ? -1 : 1));
      const { policy, workload, from, direction } = link!;
      const name = from.port?.name;
      // Quoted digits and names that no port can have are the concern of other rules.
      if (!from.at || name === undefined || !isPortName(name)) continue;
      const names = declaredPorts(workload).filter((port) => port.name);
      const protocol = protocolOf(
        from.port?.protocol === undefined ? undefined : { value: from.port.protocol },
      );
      const admitting = declaredPorts(workload).filter((one) => protocolOf(one.protocol) === protocol);
      const others = links.length > 1 ? ` nor ${links.length - 1} more of its workloads` : '';
      yield {
        message: `${describe(policy)} names port \`${name}\`, which ${others ? `neither ${describe(workload)}${others} declare` : `${describe(workload)} does not declare`}`,
        resources: [policy, workload],
        field: from.field,
        link: link!,
        labels: [
          { at: from.at, message: `no ${protocol} port has this name` },
          ...otherEnd(link!, names, protocol),
        ],
        notes: [
          `a policy looks a name up in the Pods that ${direction === 'ingress' ? 'it selects' : 'are sent to'}, with its protocol; where they do not declare it, the rule lets nothing through`,
        ],
        help: admitting.every((one) => !one.name)
          ? [`name the container's port \`${name}\`, or give its number here`]
          : [],
        fixes: eitherEnd(from.at, name, meantOf(name, admitting)),
      };
    }
  },
});

/** The nearest name, or the only port that there is. */
function meantOf(name: string, ports: readonly ContainerPort[]): ContainerPort | undefined {
  const [near] = nearest(
    name,
    ports.flatMap((one) => one.name?.value ?? []),
  );
  return (
    ports.find((one) => near !== undefined && one.name?.value === near) ??
    (ports.length === 1 && mayMean([name], ports[0]!.name?.value) ? ports[0] : undefined)
  );
}

/** The policy says what the port is called, or its number; or the port is called what the policy says. */
function eitherEnd(at: Location, name: string, meant: ContainerPort | undefined): Fix[] {
  const own = meant?.name?.value ?? portNumber(meant?.number);
  if (!meant || own === undefined) return [];
  return [
    { title: `admit port \`${own}\``, edits: [{ at, text: String(own) }] },
    ...callContainerPort(meant, name),
  ].map((one): Fix => ({ ...one, applicability: 'unsafe' }));
}

function otherEnd(
  { workload, from }: PolicyLink,
  names: readonly ContainerPort[],
  protocol: Protocol,
): Label[] {
  const namesakes = names.filter(({ name }) => name?.value === from.port?.name);
  if (namesakes.length > 0) {
    return namesakes.map((port) => ({
      at: (port.protocol ?? port.name!).at,
      message: `this one is ${protocolOf(port.protocol)}, not ${protocol}`,
    }));
  }
  if (names.length === 0) {
    return [{ at: workload.template.containersAt, message: 'no named ports in these containers' }];
  }
  return names.slice(0, 4).map((port) => ({
    at: port.name!.at,
    message: `names ${port.number?.value ?? '?'}/${protocolOf(port.protocol)}`,
  }));
}

export default unresolvedPolicyPort;
