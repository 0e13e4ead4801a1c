import type {
  Ingress,
  IngressBackend,
  IngressPath,
  IngressRule,
  Resource,
  Service,
  ServicePort,
} from '../model/model.ts';
import { isPlaceholder, isPortName, isServicePortName, portNumber } from '../model/ports.ts';
import type { Model } from '../model/resource-set.ts';
import type { Location } from '../text/source.ts';
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
  const nowhere = { service: undefined, servicePort: undefined, byTargetPort: undefined, ...asked };
  const { service: name, resource } = asked.backend;
  if (!name) {
    return resource
      ? [
          {
            state: 'unproved',
            evidence: 'declared',
            reason: 'a resource backend is followed by its controller alone',
            ...nowhere,
          },
        ]
      : [{ state: 'broken', evidence: 'declared', reason: 'the backend names no Service', ...nowhere }];
  }
  if ([name, asked.backend.portName, asked.backend.portNumber].some(isPlaceholder)) {
    return [{ state: 'unproved', evidence: 'declared', reason: FILLED_IN, ...nowhere }];
  }
  const { namespace } = asked.ingress;
  const services = definitionsFor(asked.ingress, model.servicesNamed(namespace, name.value));
  if (services.length > 0) return services.map((service) => resolvePort(asked, service));
  const neighbours = model.servicesIn(namespace);
  if (neighbours.some((one) => isPlaceholder({ value: one.name }))) {
    return [{ state: 'unproved', evidence: 'declared', reason: FILLED_IN, ...nowhere }];
  }
  if (model.templates.some((template) => areNear(template, asked.ingress))) {
    const reason = `a template beside the Ingress may define Service ${name.value}; the rendered manifests would prove it`;
    return [{ state: 'unproved', evidence: 'declared', reason, ...nowhere }];
  }
  if (neighbours.length > 0) {
    const reason = `namespace ${namespace} has no Service ${name.value}`;
    return [{ state: 'broken', evidence: 'declared', reason, ...nowhere }];
  }
  const reason = `the input has no Service of namespace ${namespace}; the manifest of Service ${name.value} would prove it`;
  return [{ state: 'unproved', evidence: 'declared', reason, ...nowhere }];
}

/** One lies in the folder of the other, or below it. */
function areNear(one: Location | Resource, other: Location | Resource): boolean {
  const [a, b] = [one, other].map(({ source: { path } }) => path.slice(0, path.lastIndexOf('/') + 1));
  return a!.startsWith(b!) || b!.startsWith(a!);
}

function resolvePort(asked: Asked, service: Service): BackendLink {
  const { backend, controller } = asked;
  const servicePort = service.ports.find((port) => matches(backend, port));
  const byTargetPort = service.ports.find((port) => targets(backend, port));
  const link = { service, servicePort, byTargetPort: servicePort ? undefined : byTargetPort, ...asked };

  const lenient = !usesServiceUpstream(asked.ingress) || service.clusterIP?.value === 'None';

  if (isUnaddressable(backend)) {
    const reason = `an Ingress cannot name a port ${backend.portName!.value}: the API server takes at most 15 characters, one of them a letter, and no --`;
    return { evidence: 'declared', state: 'broken', reason, ...link };
  }
  if (!servicePort && service.ports.some((one) => isPlaceholder(one.port) || isPlaceholder(one.name)))
    return { evidence: 'declared', state: 'unproved', reason: FILLED_IN, ...link };
  if (lenient && controller.name === 'ingress-nginx' && controller.certain) {
    // Port, targetPort and name are compared port by port, and the first hit wins (S-125, S-126).
    const first = service.ports.find((port) => matches(backend, port) || targets(backend, port));
    if (first) {
      const byChance = first !== servicePort;
      const reason = byChance ? 'ingress-nginx also accepts a targetPort' : 'the Service has this port';
      return {
        ...link,
        servicePort: first,
        byTargetPort: byChance ? first : undefined,
        evidence: 'declared',
        state: 'whole',
        reason,
      };
    }
  }
  if (servicePort)
    return { evidence: 'declared', state: 'whole', reason: 'the Service has this port', ...link };
  if (lenient && byTargetPort && mayBeLenient(controller)) {
    const reason =
      'only ingress-nginx accepts a targetPort; the IngressClass would prove which controller this is';
    return { evidence: 'declared', state: 'unproved', reason, ...link };
  }
  if (service.type?.value === 'ExternalName') {
    const reason = 'which port of an ExternalName is dialled depends on the controller';
    return { evidence: 'declared', state: 'unproved', reason, ...link };
  }
  return {
    evidence: 'declared',
    state: 'broken',
    reason: `Service ${service.name} has no such port`,
    ...link,
  };
}

const mayBeLenient = ({ name, certain }: IngressController): boolean => name === 'ingress-nginx' && !certain;

/** A Service port may have a name that the API server refuses in an Ingress (S-005, S-006, S-007). */
const isUnaddressable = ({ portName }: IngressBackend): boolean =>
  portName !== undefined && isServicePortName(portName.value) && !isPortName(portName.value);

/** With service-upstream the number is dialled at the cluster IP as it is, unless there is none (S-129). */
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

/** What ingress-nginx accepts besides: it compares texts, so the number 80 is also a port that is called 80 (S-125). */
function targets(backend: IngressBackend, port: ServicePort): boolean {
  const wanted = portNumber(backend.portNumber) ?? backend.portName?.value;
  if (wanted === undefined || wanted === '') return false;
  return port.targetPort?.value === wanted || port.name?.value === String(wanted);
}
