import type { Model } from '../../model/resource-set.ts';
import type { BackendLink, ParentLink } from '../link.ts';
import type { Settings } from '../settings.ts';
import { resolveContour } from './contour.ts';
import { resolveCustom } from './custom.ts';
import { resolveGatewayApi } from './gateway-api.ts';
import { resolveIngresses } from './ingress.ts';
import { resolveIstio } from './istio.ts';
import { resolveOpenShift } from './openshift.ts';
import { resolveRollouts } from './rollouts.ts';
import { resolveStreams } from './stream-services.ts';
import { resolveTraefik } from './traefik.ts';

/** What the routes of one API refer to: what they attach to, and where they send traffic. */
export interface RouteLinks {
  readonly parents: readonly ParentLink[];
  readonly backends: readonly BackendLink[];
}

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
