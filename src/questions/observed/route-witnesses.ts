import { groundsOf } from '../../graph/links/evidence.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { BackendLink } from '../../graph/links/route-links.ts';
import type { Ingress } from '../../model/ingress.ts';
import type { Route } from '../../model/route.ts';
import type { Witness } from './witness.ts';

/**
 * A controller that says itself that it has no such route does not serve the Ingress: its class is that of another one,
 * or of none.
 */
export function ofRoute({ model }: PortGraph, link: BackendLink): Witness[] {
  const { route, state } = link;
  if (state === 'broken' || !isIngress(route)) return [];
  const isUnknown = groundsOf(link).some(
    (ground) =>
      ground.kind === 'connection' &&
      ground.answer.kind === 'http' &&
      ground.answer.by === 'controller' &&
      ground.answer.status === 404,
  );
  if (!isUnknown) return [];
  const { className } = route;
  const isMissing =
    model.ingressClasses.length > 0 && !model.ingressClasses.some(({ name }) => name === className?.value);
  return [
    {
      who: 'ingressClassName',
      says: className?.value ?? 'nothing',
      verdict: isMissing ? 'cause' : 'suspect',
    },
    { who: 'controller', says: 'it has no such route (404)', verdict: 'right' },
  ];
}

const isIngress = (route: Route): route is Ingress => route.api === 'ingress';
