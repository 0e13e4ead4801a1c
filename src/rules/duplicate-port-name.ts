import { findPort } from '../graph/services/target-ports.ts';
import { describe } from '../model/describe.ts';
import type { Container, ContainerPort } from '../model/model.ts';
import { protocolOf } from '../model/protocol.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Rule } from './rule.ts';

interface Named {
  readonly container: Container;
  readonly port: ContainerPort;
}

const duplicatePortName: Rule = defineRule({
  id: 'duplicate-port-name',
  severity: 'warning',
  summary:
    'Two ports of one Pod have the same name, so a Service that uses the name reaches only one of them.',
  ofAdmission: true,

  *check(graph) {
    for (const workload of graph.model.workloads) {
      const named = workload.template.containers
        .filter(({ role }) => role !== 'init')
        .flatMap((container) =>
          container.ports.flatMap((port): Named[] => (port.name ? [{ container, port }] : [])),
        );
      const groups = groupBy(named, ({ port }) => `${port.name!.value}/${protocolOf(port.protocol)}`);
      for (const [first, ...others] of groups.values()) {
        for (const other of others) {
          const name = first!.port.name!.value;
          const protocol = protocolOf(first!.port.protocol);
          const winner = findPort(workload, protocol, (port) => port.name?.value === name)!;
          const loser = winner.port === other.port ? first! : other;
          const within = first!.container === other.container;
          yield {
            severity: within ? 'error' : 'warning',
            message: within
              ? `container \`${other.container.name}\` of ${describe(workload)} names two ports \`${name}\``
              : `two containers of ${describe(workload)} name a port \`${name}\`, and only that of \`${winner.container.name}\` is used`,
            resources: [workload],
            field: `containers[${other.container.name}].ports[${name}].name`,
            labels: [
              {
                at: loser.port.name!.at,
                message: within ? 'the same name again' : 'a Service that says this name never gets here',
              },
              {
                at: winner.port.name!.at,
                message: within ? 'first used here' : 'the first in order is found',
              },
            ],
            notes: [
              within
                ? 'the API server refuses it: Duplicate value'
                : 'a name is looked up in the containers in order, then in the sidecars; the first port of that name and protocol is taken',
            ],
          };
        }
      }
    }
  },
});

export default duplicatePortName;
