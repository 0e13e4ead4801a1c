import type { Service } from '../../../model/model.ts';
import { portNumber } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';
import { isRollout } from '../../../model/rollout.ts';
import type { Backend } from '../../../model/route.ts';
import { whole } from '../../links/proofs/proving.ts';
import { type BackendVerdict, followBackend, noSuchPort } from '../backends/follow-backend.ts';
import type { RouteLinks } from '../backends/route-links.ts';

/** The Services that every Rollout of Argo names. Nobody enters by them, so no way leads there. */
export const resolveRollouts = (model: Model): RouteLinks => ({
  parents: [],
  backends: model.routes.filter(isRollout).flatMap((rollout) =>
    rollout.rules.flatMap(({ backends }) =>
      backends.flatMap((backend) =>
        followBackend(
          model,
          {
            route: rollout,
            holder: rollout,
            backend,
            field: backend.field ?? 'spec.strategy',
            namespace: rollout.namespace,
            ways: [],
            controller: { name: 'other', certain: true, className: undefined },
          },
          (service) => resolvePort(backend, service),
        ),
      ),
    ),
  ),
});

/** Only for a load balancer of AWS a port is given; elsewhere the Service alone is meant. */
function resolvePort({ portNumber: asked }: Backend, service: Service): BackendVerdict {
  if (!asked) return whole('switches-selector');
  const number = portNumber(asked);
  const servicePort = service.ports.find(({ port }) => number !== undefined && portNumber(port) === number);
  return servicePort ? { ...whole('service-port'), servicePort } : noSuchPort(service);
}
