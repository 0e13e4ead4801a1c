import { endsOf } from '../graph/links/ends.ts';
import { sendTo, sendToEndpoint } from '../model/backend-edits.ts';
import { describe } from '../model/describe.ts';
import type { ServicePort } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { clueOfClient } from '../questions/clients/clue.ts';
import { redial } from '../questions/clients/redial.ts';
import { isSpared, wordsFor } from '../questions/routes/route-words.ts';
import { defineRule, type Fix, type Rule } from './rule.ts';

const misreadNodePort: Rule = defineRule({
  id: 'misread-node-port',
  severity: 'error',
  summary: 'A nodePort is used inside the cluster, where only the Service port is served.',

  *check(graph) {
    for (const link of graph.backends) {
      const { route, backend, service } = link;
      const number = portNumber(backend.portNumber);
      const meant = service?.ports.find(
        (port) => number !== undefined && portNumber(port.nodePort) === number,
      );
      if (link.state !== 'broken' || !service || !meant) continue;
      const port = portNumber(meant.port);
      const { does } = wordsFor(link);
      const change = route.api === 'openshift' ? sendToEndpoint(backend, meant) : sendTo(backend, meant);
      yield {
        severity: isSpared(link) ? 'warning' : 'error',
        message: `${describe(route)} ${does} ${number}, the nodePort of ${describe(service)}; its port is ${port ?? 'another'}`,
        resources: [route, service],
        field: endsOf(link).from.field,
        link,
        labels: [{ at: backend.portNumber!.at, message: 'no port of the Service' }, ...bothNumbers(meant)],
        notes: [
          "a nodePort is opened on the nodes for callers outside the cluster; a backend names the Service's own port",
        ],
        fixes: change
          ? [
              {
                title: `${wordsFor(link).change} port ${change.port}`,
                applicability: 'unsafe',
                edits: change.edits,
              },
            ]
          : [],
      };
    }
    for (const link of graph.clients) {
      const { client, address, service, number, from } = link;
      const clue = link.state === 'broken' ? clueOfClient(link, graph) : undefined;
      if (clue?.kind !== 'node-port' || !service || !from.at) continue;
      yield {
        message: `${describe(client)} dials \`${address}\`, and ${number} is the nodePort of ${describe(service)}; its port is ${portNumber(clue.servicePort.port) ?? 'another'}`,
        resources: [client, service],
        field: from.field,
        link,
        labels: [{ at: from.at, message: 'no port of the Service' }, ...bothNumbers(clue.servicePort)],
        notes: [
          'a nodePort is opened on the nodes for callers outside the cluster; the name of a Service leads to its own ports',
        ],
        fixes: redial(link, clue.servicePort).map((one): Fix => ({ ...one, applicability: 'unsafe' })),
      };
    }
  },
});

const bothNumbers = ({
  port,
  nodePort,
}: ServicePort): { at: NonNullable<typeof port>['at']; message: string }[] => [
  ...(port ? [{ at: port.at, message: "the Service's port" }] : []),
  ...(nodePort ? [{ at: nodePort.at, message: 'opened on the nodes' }] : []),
];

export default misreadNodePort;
