import type { Service } from '../../model/model.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import type { Backend, Route, RouteRule } from '../../model/route.ts';
import type { BackendLink } from '../link.ts';
import { findService } from '../services/find-service.ts';
import { FILLED_IN } from '../services/target-ports.ts';
import type { RouteLinks } from './resolve.ts';

/** Kinds that a configuration file declares: a number is a Service's port, a word its name, as in most APIs. */
export const resolveCustom = (model: Model): RouteLinks => ({
  parents: [],
  backends: model.routes
    .filter(({ api }) => api === 'custom')
    .flatMap((route) =>
      route.rules.flatMap((rule) => rule.backends.flatMap((backend) => follow(model, route, rule, backend))),
    ),
});

function follow(model: Model, route: Route, rule: RouteRule, backend: Backend): BackendLink[] {
  const namespace = backend.namespace?.value ?? route.namespace;
  const name = backend.service!;
  const link = {
    kind: 'backend',
    evidence: 'declared',
    route,
    holder: route,
    backend,
    field: backend.field ?? name.value,
    namespace,
    ways: [
      {
        host: rule.hosts[0]?.value,
        path: undefined,
        pathType: undefined,
        port: undefined,
        protocol: 'TCP',
        parents: [],
      },
    ],
    byTargetPort: undefined,
    controller: { name: 'other', certain: false, className: undefined },
  } as const;
  const found = findService(model, route, namespace, name);
  if (found.services) return found.services.map((service) => ({ ...link, ...portOf(service, backend) }));
  const { state, reason, fault } = found;
  return [{ ...link, service: undefined, servicePort: undefined, state, reason, fault }];
}

function portOf(
  service: Service,
  { portNumber: number, portName: name }: Backend,
): Pick<BackendLink, 'service' | 'servicePort' | 'state' | 'reason' | 'fault'> {
  const answer = { service, servicePort: undefined, fault: undefined };
  const [only, ...more] = service.ports;
  if (!number && !name) {
    return only && more.length === 0
      ? { ...answer, servicePort: only, state: 'whole', reason: 'it names the Service, which has one port' }
      : { ...answer, state: 'unproved', reason: 'it names the Service and no port' };
  }
  const servicePort = service.ports.find((port) =>
    number ? portNumber(port.port) === portNumber(number) : port.name?.value === name?.value,
  );
  if (servicePort) return { ...answer, servicePort, state: 'whole', reason: 'the Service has this port' };
  const open = [number, name, ...service.ports.flatMap((port) => [port.port, port.name])];
  if (open.some(isPlaceholder)) return { ...answer, state: 'unproved', reason: FILLED_IN };
  const reason = `Service ${service.name} has no such port`;
  return { ...answer, state: 'broken', reason, fault: 'no-port' };
}
