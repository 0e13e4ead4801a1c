import { keyOf } from '../graph/links/end.ts';
import { describe } from '../model/describe.ts';
import type { Service, ServicePort } from '../model/model.ts';
import { isServicePortName } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { insertField } from '../text/insert-field.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Rule } from './rule.ts';

const unnamedServicePort: Rule = defineRule({
  id: 'unnamed-service-port',
  severity: 'error',
  summary: 'A Service has several ports, and one of them has no name.',
  ofAdmission: true,

  *check(graph) {
    for (const service of graph.model.services) {
      if (service.ports.length < 2) continue;
      const taken = new Set(service.ports.flatMap(({ name }) => name?.value ?? []));
      for (const one of service.ports) {
        if (one.name?.value) continue;
        const name = nameFor(one, taken);
        taken.add(name);
        const other = service.ports.find((port) => port !== one)!;
        yield {
          message: `${describe(service)} has ${service.ports.length} ports and no name for ${one.port ? `port ${one.port.value}` : 'one of them'}`,
          resources: [service],
          field: `spec.ports[${one.name ? one.index : keyOf(one)}].name`,
          labels: [
            { at: (one.port ?? one).at, message: 'has no name' },
            { at: (other.name ?? other.port ?? other).at, message: 'because there is another port' },
          ],
          notes: [
            'the API server refuses it: Required value; a name may be left out only where a Service has one port',
          ],
          fixes: [
            {
              title: `call it \`${name}\``,
              applicability: 'unsafe',
              edits: [one.name ? spell(one.name.at, name) : insertField(one.at, 'name', nameText(one, name))],
            },
          ],
        };
      }
    }
  },
});

const USUAL_NAMES: ReadonlyMap<unknown, string> = new Map([
  [80, 'http'],
  [443, 'https'],
]);

/** The name that it forwards to, the usual one of its number, or one that only says the number. */
function nameFor({ port, targetPort, protocol }: ServicePort, taken: ReadonlySet<string>): string {
  const numbered = `${protocolOf(protocol).toLowerCase()}-${port?.value ?? 'port'}`;
  const wishes = [targetPort?.value, USUAL_NAMES.get(port?.value), numbered];
  for (const wish of wishes) {
    if (typeof wish === 'string' && /[a-z]/.test(wish) && isServicePortName(wish) && !taken.has(wish))
      return wish;
  }
  return `${numbered}-${taken.size}`;
}

/** Braces are JSON's too, and there all text has quotes. */
const nameText = ({ at }: Service['ports'][number], name: string): string =>
  at.source.text[at.start] === '{' ? JSON.stringify(name) : name;

export default unnamedServicePort;
