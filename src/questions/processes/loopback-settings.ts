import type { BindLink, ProbeLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container } from '../../model/model.ts';
import { type ListenSetting, listenSettings } from './listen-settings.ts';
import { LOOPBACK_HINT } from './may-hold.ts';

/** One on loopback, of a container. */
export interface LoopbackSetting extends ListenSetting {
  readonly container: Container;
}

/** What says that the port which a link dials is on loopback, where nothing else is known of the process. */
export function loopbackSettingOf(graph: PortGraph, link: BindLink | ProbeLink): LoopbackSetting | undefined {
  const { workload, number, state } = link;
  if (state !== 'unproved' || number === undefined || (link.kind === 'probe' && link.probe.host))
    return undefined;
  for (const container of workload.template.containers) {
    const { fact, listeners } = graph.processOf(workload, container);
    if (container.role === 'init' || fact || listeners.length > 0) continue;
    for (const setting of listenSettings(workload, container, graph, LOOPBACK_HINT)) {
      if (setting.isLoopback && setting.number === number) return { container, ...setting };
    }
  }
  return undefined;
}
