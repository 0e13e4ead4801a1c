import type { Model } from '../../model/resource-set.ts';
import type { RouteLinks } from './resolve.ts';

export const resolveContour = (_model: Model): RouteLinks => ({ parents: [], backends: [] });
