import type { Model } from '../model/resource-set.ts';
import type { MonitorLink } from './link.ts';

/** Every scrape target, followed to the port that Prometheus finds (S-183..S-185). */
export const resolveMonitors = (_model: Model): MonitorLink[] => [];
