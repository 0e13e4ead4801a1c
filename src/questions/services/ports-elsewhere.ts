import { describe } from '../../model/describe.ts';
import type { Service } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';

const MOST = 2;

/** Whose port a number is that a Service does not have: that of another one of its namespace, or one of the nodes. */
export function portsElsewhere({ services, budget }: Model, number: number, besides: Service): string[] {
  if (!budget.allows(services.length, besides)) return [];
  const others = services.filter((one) => one !== besides);
  const siblings = others
    .filter(
      ({ namespace, ports }) =>
        namespace === besides.namespace && ports.some(({ port }) => portNumber(port) === number),
    )
    .map((one) => `${describe(one)} has port ${number}`);
  const nodePorts = others.flatMap((one) =>
    one.ports
      .filter(({ nodePort }) => portNumber(nodePort) === number)
      .map(({ port }) => `${number} is the nodePort of port ${portNumber(port) ?? '?'} of ${describe(one)}`),
  );
  return [...siblings, ...nodePorts].slice(0, MOST);
}
