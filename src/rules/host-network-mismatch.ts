import { endsOf } from '../graph/links/ends.ts';
import { describe } from '../model/describe.ts';
import { portNumber } from '../model/ports.ts';
import { defineRule, type Rule } from './rule.ts';

const hostNetworkMismatch: Rule = defineRule({
  id: 'host-network-mismatch',
  severity: 'error',
  summary: 'A Pod on the network of its node has a hostPort that differs from its containerPort.',
  ofAdmission: true,

  *check(graph) {
    for (const link of graph.hostPorts) {
      const { workload, container, containerPort } = link;
      const number = portNumber(containerPort.number);
      // Without a number there is nothing to differ from; other rules say what is wrong with it.
      if (link.fault !== 'mismatch' || link.state !== 'broken' || number === undefined) continue;
      const { hostPort } = containerPort;
      yield {
        message: `container \`${container.name}\` of ${describe(workload)} has hostPort ${hostPort!.value} for containerPort ${number}, which hostNetwork does not allow`,
        resources: [workload],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: hostPort!.at, message: `must be ${number}, or be left out` },
          { at: containerPort.number!.at, message: 'the port that the process opens on the node' },
        ],
        notes: [
          'the API server refuses it: must match `containerPort` when `hostNetwork` is true; there is no second network to forward from',
        ],
        fixes: [
          {
            title: `set hostPort to \`${number}\``,
            applicability: 'safe',
            edits: [{ at: hostPort!.at, text: String(number) }],
          },
          {
            title: `set containerPort to \`${hostPort!.value}\``,
            // A Service that says the name of the port follows it, and the process may listen on either.
            applicability: 'unsafe',
            edits: [{ at: containerPort.number!.at, text: String(hostPort!.value) }],
          },
        ],
      };
    }
  },
});

export default hostNetworkMismatch;
