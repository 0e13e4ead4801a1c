import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import type { Service, ServicePort } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const duplicateServicePort: Rule = defineRule({
  id: 'duplicate-service-port',
  severity: 'error',
  summary: 'Two ports of a Service have the same number and protocol, or the same name.',
  ofAdmission: true,

  *check(graph) {
    for (const service of graph.model.services) {
      if (service.ports.length < 2) continue;
      const told = new Set<ServicePort>();
      yield* repeated(service, told, {
        key: 'port',
        asked: ({ port, protocol }) => portNumber(port) && `${portNumber(port)}/${protocolOf(protocol)}`,
        wording: (value) => `has port ${value} twice`,
        note: 'a number may be used again only for another protocol; one that is left out is TCP',
      });
      yield* repeated(service, told, {
        key: 'name',
        asked: ({ name }) => name?.value,
        wording: (value) => `has two ports named \`${value}\``,
        note: 'names are unique within a Service, whatever the protocol',
      });
    }
  },
});

interface Kept {
  readonly key: 'port' | 'name';
  asked(port: ServicePort): string | number | undefined;
  wording(value: string): string;
  readonly note: string;
}

/** An entry that repeats another in everything is told once. */
function* repeated(
  service: Service,
  told: Set<ServicePort>,
  { key, asked, wording, note }: Kept,
): Generator<Report> {
  const valued = service.ports.filter((port) => asked(port));
  for (const [value, [first, ...others]] of groupBy(valued, (port) => String(asked(port)))) {
    for (const other of others) {
      if (told.has(other)) continue;
      told.add(other);
      yield {
        message: `${describe(service)} ${wording(value)}`,
        resources: [service],
        field: `spec.ports[${keyOf(other)}][${other.index}].${key}`,
        labels: [
          { at: other[key]!.at, message: 'the same again' },
          { at: first![key]!.at, message: 'first used here' },
        ],
        notes: [`the API server refuses it: Duplicate value; ${note}`],
        help: [
          key === 'port'
            ? 'remove one of the entries, or give it a port or protocol of its own'
            : 'give each port a name of its own',
        ],
      };
    }
  }
}

export default duplicateServicePort;
