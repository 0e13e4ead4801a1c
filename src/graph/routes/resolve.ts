import type { Model } from '../../model/resource-set.ts';
import type { Settings } from '../links/settings.ts';
import type { RouteLinks } from './backends/route-links.ts';
import { resolveContour } from './contour/resolve.ts';
import { resolveCustom } from './custom/resolve.ts';
import { resolveGatewayApi } from './gateway/resolve.ts';
import { resolveIngresses } from './ingress/resolve.ts';
import { resolveIstio } from './istio/resolve.ts';
import { resolveOpenShift } from './openshift/resolve.ts';
import { resolveRollouts } from './rollouts/resolve.ts';
import { resolveStreams } from './streams/resolve.ts';
import { resolveTraefik } from './traefik/resolve.ts';

/** Every route of every API, in the order of the list. */
export function resolveRoutes(model: Model, settings: Settings): RouteLinks {
  const all: RouteLinks[] = [
    { parents: [], backends: resolveIngresses(model, settings) },
    resolveStreams(model),
    resolveGatewayApi(model, settings),
    resolveTraefik(model),
    resolveIstio(model),
    resolveOpenShift(model),
    resolveContour(model),
    resolveRollouts(model),
    resolveCustom(model),
  ];
  return {
    parents: all.flatMap(({ parents }) => parents),
    backends: all.flatMap(({ backends }) => backends),
  };
}
