import { endsOf } from '../graph/links/ends.ts';
import { numberPort } from '../model/backend-edits.ts';
import { describe } from '../model/describe.ts';
import { portNumber } from '../model/ports.ts';
import { defineRule, type Rule } from './rule.ts';

const unaddressablePortName: Rule = defineRule({
  id: 'unaddressable-port-name',
  severity: 'error',
  summary: 'An Ingress names a Service port by a name that no Ingress can hold.',

  *check(graph) {
    for (const link of graph.backends) {
      const { route, backend, service, servicePort } = link;
      const name = backend.portName;
      // A port that is found and refused all the same.
      if (
        link.fault !== 'unaddressable' ||
        link.state !== 'broken' ||
        !name ||
        !service ||
        !servicePort?.name
      )
        continue;
      const number = portNumber(servicePort.port);
      yield {
        message: `${describe(route)} names port \`${name.value}\` of ${describe(service)}, a name that ${fault(name.value)}`,
        resources: [route, service],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: name.at, message: 'the API server rejects this name here' },
          { at: servicePort.name.at, message: 'and accepts it here' },
        ],
        notes: [
          'names of Service ports follow a looser rule (a DNS label of up to 63 characters) than port names in an Ingress (up to 15 characters, at least one letter, no `--`)',
        ],
        fixes:
          number === undefined
            ? []
            : [
                {
                  title: `name it by its number ${number}`,
                  applicability: 'unsafe',
                  edits: numberPort(backend, number),
                },
              ],
      };
    }
  },
});

function fault(name: string): string {
  if (!/[a-z]/.test(name)) return 'has no letter, as a port name in an Ingress must';
  if (name.length > 15) return `is ${name.length} characters long, where an Ingress takes at most 15`;
  return 'has `--` in it, which an Ingress does not take';
}

export default unaddressablePortName;
