import type { Model } from '../../model/resource-set.ts';
import type { MonitorLink } from '../links/caller-links.ts';
import type { PortGraph } from '../links/port-graph.ts';
import type { SelectorLink } from '../links/service-links.ts';
import { resolveAnnotations } from './annotations.ts';
import { resolvePodMonitors } from './pod-monitors.ts';
import { resolveProbers } from './probers.ts';
import { resolveServiceMonitors } from './service-monitors.ts';

/** Every scrape target, followed to the port that Prometheus finds (S-183..S-185). */
export const resolveMonitors = (
  model: Model,
  selectors: readonly SelectorLink[],
  processOf: PortGraph['processOf'],
): MonitorLink[] => [
  ...resolveServiceMonitors(model, selectors),
  ...resolvePodMonitors(model),
  ...resolveProbers(model),
  ...resolveAnnotations(model, selectors, processOf),
];
