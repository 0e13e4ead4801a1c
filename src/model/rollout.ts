import type { Resource, Workload } from './model.ts';
import { isRouteOf, type Route } from './route.ts';

/** A Rollout of Argo: it names the Services that it switches, and holds a Pod template unless a Deployment does. */
export interface Rollout extends Route, Partial<Pick<Workload, 'template'>> {
  readonly kind: 'Rollout';
  readonly api: 'rollouts';
}

export const isRollout = (resource: Resource): resource is Rollout => isRouteOf('rollouts', resource);
