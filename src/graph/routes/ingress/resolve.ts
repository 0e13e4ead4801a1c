import type { Ingress } from '../../../model/ingress.ts';
import type { Service } from '../../../model/model.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend, RouteRule } from '../../../model/route.ts';
import type { RouteController } from '../../links/controller.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink, Way } from '../../links/route-links.ts';
import type { Settings } from '../../links/settings.ts';
import {
  type AskedBackend,
  type BackendVerdict,
  backendLink,
  followBackend,
} from '../backends/follow-backend.ts';
import { albPorts, isAction, resolveAction } from './alb-actions.ts';
import { controllerOf, ignoresDefaultBackend } from './ingress-controller.ts';
import { flagOf, nginxContainers } from './ingress-nginx.ts';
import { resolveIngressPort } from './ingress-port.ts';

/** Every backend of every Ingress, followed to the Service port it names (S-115..S-117). */
export function resolveIngresses(model: Model, settings: Settings): BackendLink[] {
  if (model.ingresses.length === 0) return [];
  const passesThrough = sslPassthroughOf(model);
  return model.ingresses.flatMap((ingress) => {
    const controller = controllerOf(ingress, model, settings);
    const of = (backend: Backend, rule?: RouteRule): BackendLink[] => {
      const asked = askedOf(ingress, controller, backend, waysOf(ingress, controller, rule));
      const path = rule?.matches[0]?.path?.value;
      const portOf = (one: Backend) => (service: Service) =>
        resolveIngressPort({ ingress, path, backend: one, controller, passesThrough }, service);
      if (isAction(backend, controller)) return resolveAction(model, asked, portOf);
      if (!backend.service && backend.resource) return [backendLink(asked, resourceVerdict(controller))];
      return followBackend(model, asked, portOf(backend));
    };
    return [
      ...ingress.rules.flatMap((rule) => rule.backends.flatMap((backend) => of(backend, rule))),
      ...(ingress.defaultBackend ? of(ingress.defaultBackend) : []),
      ...fallbackOf(model, ingress, controller),
    ];
  });
}

const askedOf = (
  ingress: Ingress,
  controller: RouteController,
  backend: Backend,
  ways: readonly Way[],
): AskedBackend => ({
  route: ingress,
  holder: ingress,
  namespace: ingress.namespace,
  backend,
  field: backend.field ?? 'spec',
  ways,
  controller,
});

/** A resource is for its controller alone to follow; ingress-nginx and Traefik leave it out (S-134, S-148). */
const resourceVerdict = ({ name, certain }: RouteController): BackendVerdict =>
  (name === 'ingress-nginx' || name === 'traefik') && certain
    ? { ...broken('leaves-out-resources', { controller: name }), fault: 'kind' }
    : unproved('resource-backend');

const FALLBACK = 'nginx.ingress.kubernetes.io/default-backend';

/** The Service that answers where a backend has no endpoints, at its first port (S-133). */
function fallbackOf(model: Model, ingress: Ingress, controller: RouteController): BackendLink[] {
  const service = controller.name === 'ingress-nginx' ? ingress.annotations.get(FALLBACK) : undefined;
  if (!service) return [];
  const backend: Backend = {
    service,
    portNumber: undefined,
    portName: undefined,
    portNameKeyAt: undefined,
    resource: undefined,
    role: 'fallback',
    field: `metadata.annotations[${FALLBACK}]`,
    at: service.at,
  };
  const asked = askedOf(ingress, controller, backend, []);
  return followBackend(model, asked, ({ ports: [first] }) =>
    first ? { ...whole('first-port'), servicePort: first } : unproved('first-port'),
  );
}

/** Undefined unless the input has ingress-nginx, and one that says it (S-132). */
function sslPassthroughOf(model: Model): boolean | undefined {
  const all = nginxContainers(model);
  return all.length === 0 ? undefined : all.some((one) => flagOf(one, 'enable-ssl-passthrough') === 'true');
}

function waysOf(ingress: Ingress, controller: RouteController, rule: RouteRule | undefined): Way[] {
  if (!rule && controller.certain && ignoresDefaultBackend(ingress, controller)) return [];
  const host = rule?.hosts[0]?.value;
  const [match] = rule?.matches ?? [];
  const tls =
    host === undefined || ingress.tlsHosts.length === 0
      ? ingress.tls
      : ingress.tlsHosts.some(({ value }) => covers(value, host));
  const ports = (controller.name === 'aws-alb' ? albPorts(ingress) : undefined) ?? [tls ? 443 : 80];
  return ports.map((port) => ({
    host: host ?? '*',
    path: match?.path?.value ?? '/',
    pathType: match?.pathType,
    port,
    protocol: 'TCP',
    parents: [],
  }));
}

/** A wildcard stands for exactly one label (S-119). */
const covers = (pattern: string, host: string): boolean =>
  pattern === host || (pattern.startsWith('*.') && host.slice(host.indexOf('.') + 1) === pattern.slice(2));
