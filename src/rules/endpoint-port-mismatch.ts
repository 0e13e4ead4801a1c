import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import { callServicePort } from '../model/port-edits.ts';
import { protocolOf } from '../model/protocol.ts';
import { defineRule, type Fix, type Label, type Rule } from './rule.ts';

const endpointPortMismatch: Rule = defineRule({
  id: 'endpoint-port-mismatch',
  severity: 'error',
  summary: 'A Service without a selector and its endpoints disagree in the name or protocol of a port.',

  *check(graph) {
    for (const link of graph.endpointPorts) {
      const { service, servicePort, endpoints } = link;
      if (link.state !== 'broken' || !endpoints) continue;
      const name = servicePort.name?.value ?? '';
      const there = endpoints.ports.map(
        (port): Label => ({
          at: (port.name ?? port.port ?? port).at,
          message: `is called ${quote(port.name?.value ?? '')}, ${protocolOf(port.protocol)}`,
        }),
      );
      const [only] = endpoints.ports;
      const target = servicePort.targetPort ?? servicePort.port ?? servicePort;
      yield {
        message: `port ${quote(name)} of ${describe(service)} has no counterpart in ${describe(endpoints)}`,
        resources: [service, endpoints],
        field: `spec.ports[${keyOf(servicePort)}].name`,
        link,
        labels: [
          {
            at: (servicePort.name ?? target).at,
            message: `called ${quote(name)}, ${protocolOf(servicePort.protocol)}`,
          },
          ...(there.length > 0 ? there : [{ at: endpoints.nameAt, message: 'has no ports' }]),
        ],
        notes: [
          'without a selector, ports are joined by name and protocol; targetPort is not looked at, and a port without a counterpart has no backends',
        ],
        fixes:
          endpoints.ports.length === 1 &&
          only?.name &&
          servicePort.name &&
          protocolOf(only.protocol) === protocolOf(servicePort.protocol) &&
          typeof only.port?.value === 'number'
            ? [
                {
                  title: `call it \`${name}\` in the endpoints too`,
                  applicability: 'unsafe',
                  edits: [{ at: only.name.at, text: name }],
                },
                ...callServicePort(servicePort, only.name.value).map(
                  (one): Fix => ({ ...one, applicability: 'unsafe' }),
                ),
              ]
            : [],
      };
    }
  },
});

const quote = (name: string): string => (name === '' ? 'without a name' : `\`${name}\``);

export default endpointPortMismatch;
