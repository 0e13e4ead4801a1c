import { describe } from '../model/describe.ts';
import type { Service, ServicePort } from '../model/model.ts';
import { renumberServicePort } from '../model/port-edits.ts';
import { protocolOf } from '../model/protocol.ts';
import { clueOfClient } from '../questions/clients/clue.ts';
import { redial } from '../questions/clients/redial.ts';
import { portsElsewhere } from '../questions/services/ports-elsewhere.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const undefinedClientPort: Rule = defineRule({
  id: 'undefined-client-port',
  severity: 'error',
  summary: 'An address in env, args or configuration names a port that the Service does not have.',

  *check(graph) {
    for (const link of graph.clients) {
      const { client, address, service, container, from } = link;
      if (link.state === 'whole' || !link.fault || !service || !from.at) continue;
      const clue = clueOfClient(link, graph);
      if (clue?.kind === 'node-port') continue;
      const what = clue && `; its port ${clue.servicePort.port?.value} forwards to it`;
      const holder = container ? `container \`${container.name}\` of ${describe(client)}` : describe(client);
      const elsewhere =
        clue || link.fault === 'protocol' ? [] : portsElsewhere(graph, link.number, service).says;
      const [meant, ...more] = clue ? [clue.servicePort] : elsewhere.length > 0 ? [] : service.ports;
      yield {
        severity: link.state === 'broken' ? 'error' : 'warning',
        message: `${holder} dials \`${address}\`, and ${describe(service)} has no ${link.fault === 'protocol' ? 'such TCP port' : `port ${link.number}`}${what ?? ''}`,
        resources: [client, service],
        field: from.field,
        link,
        labels: [
          { at: from.at, message: 'no port of the Service' },
          ...(clue ? [{ at: clue.at, message: "the Pod's port, behind the Service" }] : []),
          ...portLabels(clue ? [clue.servicePort] : service.ports, service),
        ],
        notes: [
          clue
            ? 'a Service answers on its own port only; the port of its Pods is reached by their own addresses'
            : 'a Service answers on its own ports only; a connection to any other is refused or times out',
        ],
        help: elsewhere,
        fixes:
          meant && more.length === 0
            ? [
                ...redial(link, meant),
                ...(link.number === undefined ? [] : renumberServicePort(meant, link.number)),
              ].map((one): Fix => ({ ...one, applicability: 'unsafe' }))
            : [],
      };
    }
  },
});

const portLabels = (ports: readonly ServicePort[], service: Service): Label[] => {
  const labels = ports.slice(0, 4).map(({ port, protocol, at }) => ({
    at: (port ?? at) as Label['at'],
    message: `the Service's port${protocolOf(protocol) === 'TCP' ? '' : `, ${protocolOf(protocol)}`}`,
  }));
  return labels.length > 0 ? labels : [{ at: service.nameAt, message: 'has no ports' }];
};

export default undefinedClientPort;
