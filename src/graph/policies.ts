import type { Model } from '../model/resource-set.ts';
import type { PolicyLink, TargetPortLink } from './link.ts';

/** Every port of every NetworkPolicy, followed to the Pods that it is for (S-177..S-181). */
export const resolvePolicies = (_model: Model, _targetPorts: readonly TargetPortLink[]): PolicyLink[] => [];
