import type { BindLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { podProcesses } from '../../graph/processes/pod-processes.ts';
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
  const found = podProcesses(workload, processOf).settingOf('ignoredPortVariables', number);
  const fact = found?.process.fact;
  return found && fact && { container: found.container, fact, variable: found.setting };
}
