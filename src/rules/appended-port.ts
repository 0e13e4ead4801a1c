import { describe } from '../model/describe.ts';
import type { Resource } from '../model/model.ts';
import { isWorkload } from '../model/resource-set.ts';
import { originOf } from '../text/origin.ts';
import type { Location } from '../text/source.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

/** A port of a list that patches are merged into by number. */
interface Listed {
  readonly number: Location & { readonly value: unknown };
  readonly name: string | undefined;
  readonly protocol: string;
}

const appendedPort: Rule = defineRule({
  id: 'appended-port',
  severity: 'warning',
  summary: 'An overlay means to change the number of a port, and adds a second port beside it.',

  *check({ model }) {
    for (const service of model.services) {
      if (service.source.kind !== 'kustomize') continue;
      const ports = service.ports.flatMap(({ port, name, protocol }): Listed[] =>
        port ? [{ number: port, name: name?.value, protocol: String(protocol?.value ?? 'TCP') }] : [],
      );
      yield* appendedIn(service, 'spec.ports', 'port', ports);
    }
    for (const workload of model.resources.filter(isWorkload)) {
      if (workload.source.kind !== 'kustomize') continue;
      for (const { name: container, ports } of workload.template.containers) {
        const listed = ports.flatMap(({ number, name, protocol }): Listed[] =>
          number ? [{ number, name: name?.value, protocol: String(protocol?.value ?? 'TCP') }] : [],
        );
        yield* appendedIn(workload, `containers[${container}].ports`, 'containerPort', listed);
      }
    }
  },
});

/** Two ports under one name, or two that have none, of which one file wrote one and another file the other. */
function* appendedIn(
  resource: Resource,
  list: string,
  key: string,
  ports: readonly Listed[],
): Generator<Report> {
  for (const [at, second] of ports.entries()) {
    const first = ports
      .slice(0, at)
      .find(({ name, protocol }) => name === second.name && protocol === second.protocol);
    if (!first) continue;
    const [one, other] = [fileOf(first.number), fileOf(second.number)];
    if (one === undefined || other === undefined || one === other) continue;
    const numbers = `${first.number.value} and ${second.number.value}`;
    yield {
      message: `${describe(resource)} has ports ${numbers} ${first.name === undefined ? 'without names' : `both named \`${first.name}\``}, of which a patch added one`,
      resources: [resource],
      field: `${list}[${first.name ?? first.number.value}]`,
      labels: [
        { at: first.number, message: 'one file says this' },
        { at: second.number, message: 'another one adds this' },
      ],
      notes: [
        `a strategic merge patch tells ports apart by \`${key}\`, so that another number is another port, and the old one stays`,
        'the API server refuses two ports of one name, and a Service with several ports of which one has no name',
      ],
      help: [
        `change the number with a JSON patch (\`op: replace\`), or remove the old port in the same patch with \`$patch: delete\``,
      ],
    };
  }
}

function fileOf(at: Location): string | undefined {
  const origin = originOf(at);
  return origin.kind === 'rendered' ? origin.at?.source.path : undefined;
}

export default appendedPort;
