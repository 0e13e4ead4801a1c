import { isHeadless } from '../../../model/headless.ts';
import type { Ingress } from '../../../model/ingress.ts';
import type { Service, ServicePort } from '../../../model/model.ts';
import { isPlaceholder, isPortName, isServicePortName, portNumber } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Backend } from '../../../model/route.ts';
import type { RouteController } from '../../links/controller.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import { type BackendVerdict, noSuchPort } from '../backends/follow-backend.ts';
import { instanceTarget } from './alb-actions.ts';

export interface AskedPort {
  readonly ingress: Ingress;
  readonly path: string | undefined;
  readonly backend: Backend;
  readonly controller: RouteController;
  /** Whether the controller lets an Ingress pass TLS through (S-132); undefined where its flags are not seen. */
  readonly passesThrough: boolean | undefined;
}

/** The Service port that an Ingress backend reaches: by the specification, else as its controller has it. */
export function resolveIngressPort(asked: AskedPort, service: Service): BackendVerdict {
  const { backend, controller } = asked;
  if (isUnaddressable(backend)) {
    const servicePort = service.ports.find((port) => matches(backend, port));
    const verdict = broken('name-of-no-port', { name: backend.portName!.value });
    return { ...verdict, fault: 'unaddressable', servicePort };
  }
  if (service.type?.value === 'ExternalName') return externalPort(asked, service);

  const exact = service.ports.filter((port) => matches(backend, port));
  const servicePort = exact.find(isTcp);
  const byTargetPort = service.ports.find((port) => isTcp(port) && targets(backend, port));
  const byIP = asksClusterIP(asked, service);

  if (byIP !== 'yes' && controller.certain) {
    const taken = takenBy(controller, service, backend);
    if (taken) {
      return taken === servicePort
        ? found(servicePort)
        : byIP === 'no'
          ? {
              ...whole('accepts-target-port', { controller: controller.name }),
              servicePort: taken,
              byTargetPort: taken,
            }
          : { ...unproved('passed-through'), servicePort: undefined, byTargetPort: taken };
    }
  }
  if (servicePort && byIP === 'yes' && isHeadless(service)) {
    return { ...broken('headless-behind-passthrough'), fault: 'headless', servicePort };
  }
  if (servicePort) return missesNodes(asked, service) ? noNodePort(servicePort) : found(servicePort);
  if (exact.length > 0) return otherProtocol(controller, exact[0]!, backend);
  const lacking = noSuchPort(service);
  if (byIP !== 'yes' && lacking.state === 'broken' && mayTakeFilledIn(controller, service))
    return { ...unproved('filled-in'), servicePort: undefined };
  if (byIP !== 'yes' && byTargetPort && mayBeLenient(controller) && lacking.state === 'broken') {
    return { ...unproved('lenient-controller'), byTargetPort };
  }
  return { ...lacking, byTargetPort };
}

const found = (servicePort: ServicePort): BackendVerdict => ({
  ...whole('service-port'),
  servicePort,
});

/** An AWS load balancer whose targets are the nodes needs a port there: `TargetGroup port is empty`. */
const missesNodes = ({ ingress, controller }: AskedPort, service: Service): boolean =>
  controller.name === 'aws-alb' &&
  controller.certain &&
  (service.type?.value ?? 'ClusterIP') === 'ClusterIP' &&
  instanceTarget(ingress, service) !== undefined;

const noNodePort = (servicePort: ServicePort): BackendVerdict => ({
  ...broken('no-node-port'),
  fault: 'no-node-port',
  servicePort,
});

/**
 * What a lenient controller takes. ingress-nginx compares number, targetPort and name of one port after the other
 * (S-125, S-126); haproxy-ingress looks for a name or targetPort in all ports, and then for a number (FindServicePort
 * of its pkg/converters/utils/services.go).
 */
function takenBy({ name }: RouteController, { ports }: Service, backend: Backend): ServicePort | undefined {
  const usable = ports.filter(isTcp);
  if (name === 'ingress-nginx')
    return usable.find((port) => matches(backend, port) || targets(backend, port));
  if (name !== 'haproxy-ingress') return undefined;
  return usable.find((port) => targets(backend, port)) ?? usable.find((port) => matches(backend, port));
}

const LENIENT: ReadonlySet<string> = new Set(['ingress-nginx', 'haproxy-ingress']);

/** Any controller may serve an Ingress without a class, or with a class that nobody told of. */
const mayBeLenient = ({ name, certain }: RouteController): boolean =>
  !certain && (LENIENT.has(name) || name === 'unknown');

/** A targetPort that is filled in when it is applied may be the one that a lenient controller looks for. */
const mayTakeFilledIn = (controller: RouteController, { ports }: Service): boolean =>
  (LENIENT.has(controller.name) || mayBeLenient(controller)) &&
  ports.some((port) => isTcp(port) && isPlaceholder(port.targetPort));

/** An Ingress speaks TCP; ports of other protocols never yield endpoints (S-128). */
const isTcp = ({ protocol }: ServicePort): boolean => protocolOf(protocol) === 'TCP';

function otherProtocol(
  { name, certain }: RouteController,
  port: ServicePort,
  backend: Backend,
): BackendVerdict {
  const said = protocolOf(port.protocol);
  return name === 'ingress-nginx' && certain && backend.portNumber
    ? { ...broken('port-for-only', { protocol: said }), fault: 'protocol' }
    : { ...unproved('protocol-of-ingress', { protocol: said }), servicePort: port };
}

/** A Service port may have a name that the API server refuses in an Ingress (S-005, S-006, S-007). */
const isUnaddressable = ({ portName }: Backend): boolean =>
  portName !== undefined && isServicePortName(portName.value) && !isPortName(portName.value);

const isOn = ({ annotations }: Ingress, name: string): boolean =>
  annotations.get(`nginx.ingress.kubernetes.io/${name}`)?.value === 'true';

/**
 * Whether the port is dialled at the cluster IP as it is: with service-upstream, unless there is no such address
 * (S-129), and with ssl-passthrough for the path `/`, where the controller has that switched on (S-132).
 */
function asksClusterIP(
  { ingress, path, passesThrough }: AskedPort,
  service: Service,
): 'yes' | 'no' | 'perhaps' {
  if (isOn(ingress, 'service-upstream') && !isHeadless(service)) return 'yes';
  if (!isOn(ingress, 'ssl-passthrough') || (path ?? '/') !== '/') return 'no';
  return passesThrough === undefined ? 'perhaps' : passesThrough ? 'yes' : 'no';
}

/** Only ingress-nginx says what it dials at an external name (S-130); the rest is for each controller to decide. */
function externalPort({ backend, controller }: AskedPort, service: Service): BackendVerdict {
  const servicePort = service.ports.find((port) => matches(backend, port));
  if (controller.name !== 'ingress-nginx' || !controller.certain) {
    return { ...unproved('external-name-of-ingress'), servicePort };
  }
  if ([servicePort?.port, servicePort?.targetPort].some(isPlaceholder)) {
    return { ...unproved('filled-in'), servicePort };
  }
  const target = servicePort?.targetPort?.value;
  const number = servicePort
    ? typeof target === 'string' && target !== ''
      ? backend.portName && portNumber(servicePort.port)
      : (portNumber(servicePort.targetPort) ?? portNumber(servicePort.port))
    : portNumber(backend.portNumber);
  if (number === undefined && !servicePort) return noSuchPort(service);
  const host = service.externalName?.value;
  return { ...unproved('external-name-of-nginx', { number, host }), servicePort };
}

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
