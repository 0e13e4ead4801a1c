import { outsideHost } from '../../graph/clients/outside-host.ts';
import { DIALS_SERVER } from '../../graph/clients/remote-names.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { admissionOf } from '../../graph/policies/admission.ts';
import type { OutsideHost } from '../../graph/policies/outside.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Policy } from '../../model/policy.ts';
import { portOfScheme } from '../../text/addresses/ports-of-schemes.ts';
import type { Location } from '../../text/source.ts';
import { type DialledByVariable, dialledByVariables } from './dialled-by-variables.ts';

/** A server outside the cluster that a container dials, and to which its policies let nothing out. */
export interface BlockedOutside {
  readonly workload: Workload;
  readonly container: Container;
  readonly variable: string;
  readonly at: Location;
  readonly host: OutsideHost;
  readonly number: number;
  readonly policies: readonly [Policy, ...Policy[]];
}

/**
 * A URL of the web may be one that only browsers follow, so that nothing but addresses of databases and the like are
 * looked at, and hosts with their ports under a name that says so. Which protocol such a port is for is not known.
 */
export function* blockedOutside(graph: PortGraph): Generator<BlockedOutside> {
  const { outside, isolating } = admissionOf(graph.model);
  for (const workload of graph.model.workloads) {
    const [policy, ...others] = isolating(workload, 'egress');
    if (!policy) continue;
    for (const container of workload.template.containers) {
      const told = new Set<string>();
      for (const dialled of dialledByVariables(workload, container, graph)) {
        const { host: name, number, variable, at } = dialled;
        if (told.has(`${name}:${number}`) || !isServer(dialled)) continue;
        const host = outsideHost(name, workload, graph.model);
        if (!host) continue;
        const isBlocked = (['TCP', 'UDP'] as const).every(
          (protocol) => outside(workload, { host, number, protocol }) === 'blocked',
        );
        if (!isBlocked) continue;
        told.add(`${name}:${number}`);
        yield { workload, container, variable, at, host, number, policies: [policy, ...others] };
      }
    }
  }
}

const isServer = ({ scheme, variable }: DialledByVariable): boolean =>
  scheme === undefined ? DIALS_SERVER.test(variable) : portOfScheme(scheme)?.certain === false;
