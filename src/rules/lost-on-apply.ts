import { describe } from '../model/describe.ts';
import type { Resource } from '../model/model.ts';
import { protocolOf } from '../model/protocol.ts';
import { splitPorts } from '../questions/nodes/split-ports.ts';
import { groupBy } from '../text/group-by.ts';
import type { Located, Location } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

interface Entry {
  readonly number: Located<Scalar> | undefined;
  readonly protocol: Located<string> | undefined;
  readonly at: Location;
}

const lostOnApply: Rule = defineRule({
  id: 'lost-on-apply',
  severity: 'warning',
  summary: 'Two entries with one port number and two protocols are merged into one by kubectl apply.',

  *check(graph) {
    for (const service of graph.model.services) {
      // A load balancer that drops one of the two at once comes first.
      if (splitPorts(service).length > 0) continue;
      const entries = service.ports.map(({ port, protocol, at }) => ({ number: port, protocol, at }));
      yield* findingsOf(service, entries, 'spec.ports');
    }
    for (const workload of graph.model.workloads) {
      for (const container of workload.template.containers) {
        yield* findingsOf(workload, container.ports, `containers[${container.name}].ports`);
      }
    }
  },
});

function* findingsOf(resource: Resource, entries: readonly Entry[], field: string): Generator<Report> {
  for (const [first, ...others] of groupBy(
    entries.filter(({ number }) => number),
    ({ number }) => number!.value,
  ).values()) {
    const other = others.find((one) => protocolOf(one.protocol) !== protocolOf(first!.protocol));
    if (!other) continue;
    const protocols = `${protocolOf(first!.protocol)} and ${protocolOf(other.protocol)}`;
    yield {
      message: `${describe(resource)} has port ${other.number!.value} for ${protocols}, which \`kubectl apply\` cannot tell apart when it changes one`,
      resources: [resource],
      field: `${field}[${other.number!.value}]`,
      labels: [
        {
          at: other.number!.at,
          message: `${protocolOf(other.protocol)}: may be dropped or take the changes of the other`,
        },
        { at: first!.number!.at, message: `${protocolOf(first!.protocol)}` },
      ],
      notes: [
        'a patch merges the entries of this list by their number alone, so a change to one protocol lands on the other or is lost, and apply says only "configured"',
      ],
      help: ['apply it with `kubectl apply --server-side`, which tells the protocols apart'],
    };
  }
}

export default lostOnApply;
