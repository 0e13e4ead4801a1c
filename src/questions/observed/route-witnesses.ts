import { groundsOf } from '../../graph/links/evidence.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { BackendLink } from '../../graph/links/route-links.ts';
import type { Ingress } from '../../model/ingress.ts';
import type { Route } from '../../model/route.ts';
import type { Witness } from './witness.ts';

/**
 * A controller that says itself that it has no such route does not serve the Ingress: its class is that of another one,
 * or of none. Not where it serves the class elsewhere: then it is the port at which it was asked, as with TLS.
 */
export function ofRoute({ model, backends }: PortGraph, link: BackendLink): Witness[] {
  const { route, state } = link;
  if (state === 'broken' || !isIngress(route)) return [];
  const unknown = answersOf(link).find(isUnknown);
  if (!unknown) return [];
  const { className } = route;
  const served = backends
    .filter(({ route: other }) => isIngress(other) && other.className?.value === className?.value)
    .flatMap(answersOf)
    .find((one) => one.by !== undefined && !isUnknown(one));
  if (served) {
    const says = `it has no such route at port ${unknown.port} (404), and serves the class at port ${served.port}`;
    return [{ who: 'controller', says, verdict: 'suspect' }];
  }
  const isMissing = model.ingressClasses.length > 0 && !(className && model.ingressClass(className.value));
  return [
    {
      who: 'ingressClassName',
      says: className?.value ?? 'nothing',
      verdict: isMissing ? 'cause' : 'suspect',
    },
    { who: 'controller', says: 'it has no such route (404)', verdict: 'right' },
  ];
}

interface ControllerAnswer {
  readonly port: number;
  readonly status: number;
  readonly by: 'controller' | 'application' | undefined;
}

const answersOf = (link: BackendLink): ControllerAnswer[] =>
  groundsOf(link).flatMap((ground) =>
    ground.kind === 'connection' && ground.dialled === 'controller' && ground.answer.kind === 'http'
      ? [{ port: ground.port, status: ground.answer.status, by: ground.answer.by }]
      : [],
  );

const isUnknown = ({ by, status }: ControllerAnswer): boolean => by === 'controller' && status === 404;

const isIngress = (route: Route): route is Ingress => route.api === 'ingress';
