import type { Service, ServicePort } from '../../../model/model.ts';
import { isOpenShiftRoute, type OpenShiftRoute } from '../../../model/openshift.ts';
import { isPlaceholder, portNumber, wantedPort } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend } from '../../../model/route.ts';
import { selects } from '../../../model/selector.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { Way } from '../../links/route-links.ts';
import { findPort } from '../../services/target-ports.ts';
import { type BackendVerdict, followBackend } from '../backends/follow-backend.ts';
import type { RouteLinks } from '../backends/route-links.ts';

/** Every Route of OpenShift, followed to the Service ports whose endpoints the router takes. */
export function resolveOpenShift(model: Model): RouteLinks {
  const routes = model.routes.filter(isOpenShiftRoute);
  return {
    parents: [],
    backends: routes.flatMap((route) =>
      route.rules.flatMap(({ backends }) =>
        backends.flatMap((backend) =>
          followBackend(
            model,
            {
              route,
              holder: route,
              backend,
              field: backend.field ?? 'spec.to',
              namespace: route.namespace,
              // Weight 0 takes a backend out (S-171).
              ways: backend.weight?.value === 0 ? [] : [wayOf(route)],
              controller: { name: 'openshift', certain: true, className: undefined },
            },
            (service) => resolvePort(model, backend, service),
          ),
        ),
      ),
    ),
  };
}

/** Without a host the cluster makes one up. */
function wayOf({ rules, termination }: OpenShiftRoute): Way {
  const [rule] = rules;
  const isRaw = rule?.protocol === 'TLS';
  return {
    host: rule?.hosts[0]?.value,
    path: isRaw ? undefined : (rule?.matches[0]?.path?.value ?? '/'),
    pathType: isRaw ? undefined : 'Prefix',
    port: termination ? 443 : 80,
    protocol: 'TCP',
    parents: [],
  };
}

/**
 * The router compares `targetPort` with endpoints: a string with their port's name, which is that of the Service
 * port, or with their number as text; a number with their number, which is the Pods' (S-168). UDP is left out (S-170).
 */
function resolvePort(
  model: Model,
  backend: Backend,
  service: Service,
): BackendVerdict | readonly BackendVerdict[] {
  const ports = service.ports.filter(({ protocol }) => protocolOf(protocol) === 'TCP');
  const asked = backend.portName ?? backend.portNumber;
  if (!asked) return allPorts(service, ports);
  const text = String(asked.value);
  const named = backend.portName && ports.find(({ name }) => name?.value === text);
  if (named) return { ...whole('endpoints-of-name'), servicePort: named };
  const ends = ports.map((servicePort) => ({
    servicePort,
    numbers: endpointNumbers(model, service, servicePort),
  }));
  const met = ends.find(({ numbers }) => numbers?.some((number) => String(number) === text));
  if (met) return { ...whole('endpoints-of-number'), servicePort: met.servicePort };
  if (ports.some((one) => [one.port, one.name, one.targetPort].some(isPlaceholder))) {
    return unproved('filled-in');
  }
  // No number reads like a word.
  const mayMeet = /^\d+$/.test(text) && ends.some(({ numbers }) => numbers === undefined);
  if (service.ports.length === 0 || mayMeet) {
    return unproved('endpoints-of-route', { asked: text, service: service.name });
  }
  return { ...broken('no-endpoint-of-port', { service: service.name, port: text }), fault: 'no-port' };
}

/** Every endpoint of every TCP port is as good as another (S-169). */
function allPorts(service: Service, ports: readonly ServicePort[]): readonly BackendVerdict[] {
  if (ports.length === 0) {
    const verdict = broken('no-tcp-port-for-router', { service: service.name });
    return [{ ...verdict, fault: 'no-port-given' }];
  }
  return ports.map((servicePort) => ({
    ...whole(ports.length > 1 ? 'every-tcp-port' : 'only-tcp-port'),
    servicePort,
  }));
}

/** Where the endpoints of a Service port listen; undefined where the input does not show it. */
function endpointNumbers(
  model: Model,
  service: Service,
  servicePort: ServicePort,
): readonly number[] | undefined {
  if (service.type?.value === 'ExternalName') return undefined;
  const wanted = wantedPort(servicePort);
  if (service.selector.size === 0) {
    const sets = model.endpoints.filter(
      ({ namespace, serviceName }) => namespace === service.namespace && serviceName === service.name,
    );
    const numbers = sets
      .flatMap(({ ports }) => ports)
      .filter(({ name }) => (name?.value ?? '') === (servicePort.name?.value ?? ''))
      .flatMap(({ port }) => portNumber(port) ?? []);
    return sets.length > 0 ? numbers : undefined;
  }
  const number = portNumber(wanted);
  if (number !== undefined) return [number];
  const numbers = model
    .workloadsIn(service.namespace)
    .filter((workload) => selects(service.selector, workload))
    .flatMap((workload) => {
      const found = findPort(workload, 'TCP', ({ name }) => name?.value === wanted?.value);
      return portNumber(found?.port.number) ?? [];
    });
  return numbers.length > 0 ? numbers : undefined;
}
