import type { BindLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Container } from '../../model/model.ts';
import type { IgnoredPortVariable } from '../../process/listeners/container-process.ts';

/** A variable that was to put a process on the port of a link, and that its image does not read. */
export interface IgnoredVariable {
  readonly container: Container;
  readonly fact: ImageFact | FrameworkFact;
  readonly variable: IgnoredPortVariable;
}

/** The variable that explains a broken bind link: its number is the one that traffic is sent to. */
export function ignoredVariableOf(
  { processOf }: Pick<PortGraph, 'processOf'>,
  { state, workload, number, protocol, listener }: BindLink,
): IgnoredVariable | undefined {
  // A listener on this very number is bound to loopback: the variable is not what keeps traffic out.
  if (state !== 'broken' || protocol !== 'TCP' || listener?.port === number) return undefined;
  for (const container of workload.template.containers) {
    if (container.role === 'init') continue;
    const { fact, ignoredPortVariables } = processOf(workload, container);
    const variable = ignoredPortVariables.find(({ port }) => port === number);
    if (fact && variable) return { container, fact, variable };
  }
  return undefined;
}
