import type { PortGraph } from '../../graph/links/port-graph.ts';
import { describe } from '../../model/describe.ts';
import type { Service } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';

/** Whose port it is that a Service does not have. */
export interface PortsElsewhere {
  /** A sentence for each. */
  readonly says: readonly string[];
  /** The only other Service before the same Pods that has it. */
  readonly sibling: Service | undefined;
}

const MOST = 2;
const NOWHERE: PortsElsewhere = { says: [], sibling: undefined };

/**
 * Looks for a port among the other Services of the namespace, those before the same Pods or of a name that goes on
 * like this one first, and among the nodePorts.
 *
 * @param asked a number, or the name of a Service port
 */
export function portsElsewhere(
  { model, workloadsOf }: Pick<PortGraph, 'model' | 'workloadsOf'>,
  asked: number | string | undefined,
  besides: Service,
): PortsElsewhere {
  if (asked === undefined || !model.budget.allows(model.services.length, besides)) return NOWHERE;
  const others = model
    .servicesIn(besides.namespace)
    .filter(
      (one) =>
        one !== besides &&
        one.ports.some(({ port, name }) =>
          typeof asked === 'number' ? portNumber(port) === asked : name?.value === asked,
        ),
    );
  const own = new Set(workloadsOf(besides));
  const together = others.filter((one) => workloadsOf(one).some((workload) => own.has(workload)));
  const kin = new Set([...together, ...others.filter((one) => isKin(one.name, besides.name))]);
  // A name such as `http`, or a number that many have, tells of nobody else.
  const strangers = typeof asked === 'number' && others.length <= MOST ? others : [];
  const siblings = kin.size > 0 ? [...kin] : strangers;
  const shown = typeof asked === 'number' ? asked : `\`${asked}\``;
  const nodePorts = model.services.flatMap((one) =>
    one.ports
      .filter(({ nodePort }) => typeof asked === 'number' && portNumber(nodePort) === asked)
      .map(({ port }) => `${asked} is the nodePort of port ${portNumber(port) ?? '?'} of ${describe(one)}`),
  );
  return {
    says: [...siblings.map((one) => `${describe(one)} has port ${shown}`), ...nodePorts].slice(0, MOST),
    sibling: together.length === 1 ? together[0] : undefined,
  };
}

const isKin = (one: string, other: string): boolean =>
  one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
