import type { Ingress, IngressPath, IngressRule, Service, ServicePort } from '../../model/model.ts';
import { isPlaceholder, isPortName, isServicePortName, portNumber } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import type { Backend } from '../../model/route.ts';
import { findService } from '../find-service.ts';
import { controllerOf } from '../ingress-controller.ts';
import type { BackendLink, RouteController, Way } from '../link.ts';
import type { Settings } from '../settings.ts';
import { FILLED_IN } from '../target-ports.ts';

/** Every backend of every Ingress, followed to the Service port it names (S-115..S-117). */
export function resolveIngresses(model: Model, settings: Settings): BackendLink[] {
  return model.ingresses.flatMap((ingress) => {
    const controller = controllerOf(ingress, model, settings);
    const of = (backend: Backend, rule?: IngressRule, path?: IngressPath): BackendLink[] =>
      resolve(model, {
        kind: 'backend',
        evidence: 'declared',
        route: ingress,
        holder: ingress,
        namespace: ingress.namespace,
        backend,
        field: rule
          ? `spec.rules[${rule.host?.value ?? '*'}].paths[${path?.path?.value ?? '/'}].backend`
          : 'spec.defaultBackend',
        ways: [wayOf(ingress, rule, path)],
        controller,
      });
    return [
      ...ingress.rules.flatMap((rule) => rule.paths.flatMap((path) => of(path.backend, rule, path))),
      ...(ingress.defaultBackend ? of(ingress.defaultBackend) : []),
    ];
  });
}

function wayOf(ingress: Ingress, rule: IngressRule | undefined, path: IngressPath | undefined): Way {
  const host = rule?.host?.value;
  const tls =
    host === undefined || ingress.tlsHosts.length === 0
      ? ingress.tls
      : ingress.tlsHosts.some(({ value }) => covers(value, host));
  return {
    host: host ?? '*',
    path: path?.path?.value ?? '/',
    // v1beta1 filled in ImplementationSpecific (S-123).
    pathType: path && (path.pathType?.value ?? 'ImplementationSpecific'),
    port: tls ? 443 : 80,
    protocol: 'TCP',
    parents: [],
  };
}

/** A wildcard stands for exactly one label (S-119). */
const covers = (pattern: string, host: string): boolean =>
  pattern === host || (pattern.startsWith('*.') && host.slice(host.indexOf('.') + 1) === pattern.slice(2));

interface Asked
  extends Omit<BackendLink, 'state' | 'reason' | 'service' | 'servicePort' | 'byTargetPort' | 'fault'> {
  readonly route: Ingress;
}

function resolve(model: Model, asked: Asked): BackendLink[] {
  const nowhere = {
    service: undefined,
    servicePort: undefined,
    byTargetPort: undefined,
    fault: undefined,
    ...asked,
  };
  const { service: name, resource } = asked.backend;
  if (!name) {
    return resource
      ? [
          {
            ...nowhere,
            state: 'unproved',
            reason: 'a resource backend is followed by its controller alone',
          },
        ]
      : [{ ...nowhere, state: 'broken', fault: 'no-service', reason: 'the backend names no Service' }];
  }
  if ([asked.backend.portName, asked.backend.portNumber].some(isPlaceholder)) {
    return [{ ...nowhere, state: 'unproved', reason: FILLED_IN }];
  }
  const found = findService(model, asked.route, asked.namespace, name);
  if (found.services) return found.services.map((service) => resolvePort(asked, service));
  const { state, reason } = found;
  return [{ ...nowhere, state, reason, fault: state === 'broken' ? 'no-service' : undefined }];
}

function resolvePort(asked: Asked, service: Service): BackendLink {
  const { backend, controller } = asked;
  const servicePort = service.ports.find((port) => matches(backend, port));
  const byTargetPort = service.ports.find((port) => targets(backend, port));
  const link = {
    service,
    servicePort,
    byTargetPort: servicePort ? undefined : byTargetPort,
    fault: undefined,
    ...asked,
  };

  const lenient = !usesServiceUpstream(asked.route) || service.clusterIP?.value === 'None';

  if (isUnaddressable(backend)) {
    const reason = `an Ingress cannot name a port ${backend.portName!.value}: the API server takes at most 15 characters, one of them a letter, and no --`;
    return { ...link, state: 'broken', fault: 'unaddressable', reason };
  }
  if (!servicePort && service.ports.some((one) => isPlaceholder(one.port) || isPlaceholder(one.name)))
    return { ...link, state: 'unproved', reason: FILLED_IN };
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
        state: 'whole',
        reason,
      };
    }
  }
  if (servicePort) return { ...link, state: 'whole', reason: 'the Service has this port' };
  if (lenient && byTargetPort && mayBeLenient(controller)) {
    const reason =
      'only ingress-nginx accepts a targetPort; the IngressClass would prove which controller this is';
    return { ...link, state: 'unproved', reason };
  }
  if (service.type?.value === 'ExternalName') {
    const reason = 'which port of an ExternalName is dialled depends on the controller';
    return { ...link, state: 'unproved', reason };
  }
  return { ...link, state: 'broken', fault: 'no-port', reason: `Service ${service.name} has no such port` };
}

const mayBeLenient = ({ name, certain }: RouteController): boolean => name === 'ingress-nginx' && !certain;

/** A Service port may have a name that the API server refuses in an Ingress (S-005, S-006, S-007). */
const isUnaddressable = ({ portName }: Backend): boolean =>
  portName !== undefined && isServicePortName(portName.value) && !isPortName(portName.value);

/** With service-upstream the number is dialled at the cluster IP as it is, unless there is none (S-129). */
const usesServiceUpstream = ({ annotations }: Ingress): boolean =>
  annotations.get('nginx.ingress.kubernetes.io/service-upstream')?.value === 'true';

/** Exactly one of number and name is meant; a number is never compared with a name (S-116, S-117). */
function matches(backend: Backend, port: ServicePort): boolean {
  const number = portNumber(backend.portNumber);
  if (backend.portNumber && !backend.portName)
    return number !== undefined && portNumber(port.port) === number;
  if (backend.portName && !backend.portNumber)
    return port.name?.value === backend.portName.value && backend.portName.value !== '';
  return false;
}

/** What ingress-nginx accepts besides: it compares texts, so the number 80 is also a port that is called 80 (S-125). */
function targets(backend: Backend, port: ServicePort): boolean {
  const wanted = portNumber(backend.portNumber) ?? backend.portName?.value;
  if (wanted === undefined || wanted === '') return false;
  return port.targetPort?.value === wanted || port.name?.value === String(wanted);
}
