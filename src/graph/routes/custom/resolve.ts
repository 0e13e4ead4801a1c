import type { Service } from '../../../model/model.ts';
import { portNumber } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend, Route, RouteRule } from '../../../model/route.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { whole } from '../../links/proofs/proving.ts';
import {
  type AskedBackend,
  type BackendVerdict,
  followBackend,
  noSuchPort,
} from '../backends/follow-backend.ts';
import type { RouteLinks } from '../backends/route-links.ts';

/** Kinds that a configuration file declares: a number is a Service's port, a word its name, as in most APIs. */
export const resolveCustom = (model: Model): RouteLinks => ({
  parents: [],
  backends: model.routes
    .filter(({ api }) => api === 'custom')
    .flatMap((route) =>
      route.rules.flatMap((rule) =>
        rule.backends.flatMap((backend) =>
          followBackend(model, asked(route, rule, backend), (service) => portOf(service, backend)),
        ),
      ),
    ),
});

const asked = (route: Route, rule: RouteRule, backend: Backend): AskedBackend => ({
  route,
  holder: route,
  backend,
  field: backend.field ?? '',
  namespace: backend.namespace?.value ?? route.namespace,
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
  controller: { name: 'other', certain: false, className: undefined },
});

function portOf(service: Service, { portNumber: number, portName: name }: Backend): BackendVerdict {
  const [only, ...more] = service.ports;
  if (!number && !name) {
    return only && more.length === 0 ? { servicePort: only, ...whole('only-port') } : unproved('port-unsaid');
  }
  const servicePort = service.ports.find((port) =>
    number ? portNumber(port.port) === portNumber(number) : port.name?.value === name?.value,
  );
  return servicePort ? { servicePort, ...whole('service-port') } : noSuchPort(service);
}
