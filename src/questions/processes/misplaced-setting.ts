import type { BindLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { podProcesses } from '../../graph/processes/pod-processes.ts';
import type { Container } from '../../model/model.ts';
import type {
  ContainerProcess,
  MisunderstoodVariable,
  OverriddenSetting,
} from '../../process/listeners/container-process.ts';
import { ignoredVariableOf } from './ignored-variable.ts';
import { loopbackListenerOf } from './loopback-listener.ts';

type Known = Pick<PortGraph, 'processOf'>;

/** A setting of one container. */
export interface Owned<T> {
  readonly container: Container;
  readonly process: ContainerProcess;
  readonly setting: T;
}

/** The setting that was to put a process on the port of a broken link, and that another one wins over. */
export const overriddenOf = (graph: Known, link: BindLink): Owned<OverriddenSetting> | undefined =>
  settingFor(graph, link, 'overridden');

/** The variable that has the port of a broken link, and means another port. */
export const misunderstoodOf = (graph: Known, link: BindLink): Owned<MisunderstoodVariable> | undefined =>
  overriddenOf(graph, link) ? undefined : settingFor(graph, link, 'misunderstood');

/** Whether a setting is to blame for a broken link, and not the number that traffic is sent to. */
export const isSettingsFault = (graph: Known, link: BindLink): boolean =>
  loopbackListenerOf(graph, link) !== undefined ||
  ignoredVariableOf(graph, link) !== undefined ||
  overriddenOf(graph, link) !== undefined ||
  misunderstoodOf(graph, link) !== undefined;

function settingFor<K extends 'overridden' | 'misunderstood'>(
  graph: Known,
  link: BindLink,
  list: K,
): Owned<ContainerProcess[K][number]> | undefined {
  const { state, workload, number, protocol } = link;
  if (state !== 'broken' || protocol !== 'TCP' || ignoredVariableOf(graph, link)) return undefined;
  return podProcesses(workload, graph.processOf).settingOf(list, number);
}
