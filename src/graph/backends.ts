import type {
  Ingress,
  IngressBackend,
  IngressPath,
  IngressRule,
  Service,
  ServicePort,
} from '../model/model.ts';
import { isPlaceholder, portNumber } from '../model/ports.ts';
import type { Model } from '../model/resource-set.ts';
import { definitionsFor } from './definitions.ts';
import { controllerOf } from './ingress-controller.ts';
import type { BackendLink, IngressController } from './link.ts';
import { FILLED_IN } from './target-ports.ts';

/** Every backend of every Ingress, followed to the Service port it names (S-115..S-117). */
export function resolveBackends(model: Model): BackendLink[] {
  return model.ingresses.flatMap((ingress) => {
    const controller = controllerOf(ingress, model);
    const of = (backend: IngressBackend, rule?: IngressRule, path?: IngressPath): BackendLink[] =>
      resolve(model, { kind: 'backend', ingress, rule, path, backend, controller });
    return [
      ...ingress.rules.flatMap((rule) => rule.paths.flatMap((path) => of(path.backend, rule, path))),
      ...(ingress.defaultBackend ? of(ingress.defaultBackend) : []),
    ];
  });
}

type Asked = Pick<BackendLink, 'kind' | 'ingress' | 'rule' | 'path' | 'backend' | 'controller'>;

function resolve(model: Model, asked: Asked): BackendLink[] {
  const nowhere = { ...asked, service: undefined, servicePort: undefined, byTargetPort: undefined };
  const { service: name, resource } = asked.backend;
  if (!name) {
    return resource
      ? [
          {
            ...nowhere,
            state: 'unproved',
            evidence: 'declared',
            reason: 'a resource backend is followed by its controller alone',
          },
        ]
      : [{ ...nowhere, state: 'broken', evidence: 'declared', reason: 'the backend names no Service' }];
  }
  if ([name, asked.backend.portName, asked.backend.portNumber].some(isPlaceholder)) {
    return [{ ...nowhere, state: 'unproved', evidence: 'declared', reason: FILLED_IN }];
  }
  const { namespace } = asked.ingress;
  const services = definitionsFor(asked.ingress, model.servicesNamed(namespace, name.value));
  if (services.length > 0) return services.map((service) => resolvePort(asked, service));
  if (model.servicesIn(namespace).length > 0) {
    const reason = `namespace ${namespace} has no Service ${name.value}`;
    return [{ ...nowhere, state: 'broken', evidence: 'declared', reason }];
  }
  const reason = `the input has no Service of namespace ${namespace}; the manifest of Service ${name.value} would prove it`;
  return [{ ...nowhere, state: 'unproved', evidence: 'declared', reason }];
}

function resolvePort(asked: Asked, service: Service): BackendLink {
  const { backend, controller } = asked;
  const servicePort = service.ports.find((port) => matches(backend, port));
  const byTargetPort = service.ports.find((port) => targets(backend, port));
  const link = { ...asked, service, servicePort, byTargetPort: servicePort ? undefined : byTargetPort };
  const declared = { evidence: 'declared' } as const;

  if (controller.name === 'ingress-nginx' && controller.certain && !usesServiceUpstream(asked.ingress)) {
    // Port, targetPort and name are compared port by port, and the first hit wins (S-125, S-126).
    const first = service.ports.find((port) => matches(backend, port) || targets(backend, port));
    if (first) {
      const lenient = first !== servicePort;
      const reason = lenient ? 'ingress-nginx also accepts a targetPort' : 'the Service has this port';
      return {
        ...link,
        servicePort: first,
        byTargetPort: lenient ? first : undefined,
        ...declared,
        state: 'whole',
        reason,
      };
    }
  }
  if (servicePort) return { ...link, ...declared, state: 'whole', reason: 'the Service has this port' };
  if (byTargetPort && mayBeLenient(controller) && !usesServiceUpstream(asked.ingress)) {
    const reason =
      'only ingress-nginx accepts a targetPort; the IngressClass would prove which controller this is';
    return { ...link, ...declared, state: 'unproved', reason };
  }
  if (service.type?.value === 'ExternalName') {
    const reason = 'which port of an ExternalName is dialled depends on the controller';
    return { ...link, ...declared, state: 'unproved', reason };
  }
  return { ...link, ...declared, state: 'broken', reason: `Service ${service.name} has no such port` };
}

const mayBeLenient = ({ name, certain }: IngressController): boolean => name === 'ingress-nginx' && !certain;

/** With service-upstream the number is dialled at the cluster IP as it is (S-129). */
const usesServiceUpstream = ({ annotations }: Ingress): boolean =>
  annotations.get('nginx.ingress.kubernetes.io/service-upstream')?.value === 'true';

/** Exactly one of number and name is meant; a number is never compared with a name (S-116, S-117). */
function matches(backend: IngressBackend, port: ServicePort): boolean {
  const number = portNumber(backend.portNumber);
  if (backend.portNumber && !backend.portName)
    return number !== undefined && portNumber(port.port) === number;
  if (backend.portName && !backend.portNumber)
    return port.name?.value === backend.portName.value && backend.portName.value !== '';
  return false;
}

function targets(backend: IngressBackend, port: ServicePort): boolean {
  const wanted = portNumber(backend.portNumber) ?? backend.portName?.value;
  return wanted !== undefined && port.targetPort?.value === wanted;
}
