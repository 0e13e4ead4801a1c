import { isHeadless } from '../../model/headless.ts';
import type { ContainerPort, Service, Workload } from '../../model/model.ts';
import { portNumber, wantedPort } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';

/** Where `kubectl port-forward` leads, or why kubectl refuses. */
export type PortForward =
  | { readonly local: number; readonly pod: number }
  | { readonly local: undefined; readonly refusal: string };

const refused = (refusal: string): PortForward => ({ local: undefined, refusal });

/**
 * What `kubectl port-forward svc/NAME ASKED` does: the Service port is translated to the port of one Pod, without
 * kube-proxy and without asking whether the Pod is ready (kubectl, pkg/cmd/portforward; S-077..S-080).
 *
 * @param asked a number or the name of a Service port
 * @param workload the one whose Pod kubectl picks
 */
export function forwardService(service: Service, asked: number | string, workload: Workload): PortForward {
  if (service.selector.size === 0) return refused(`Service ${service.name} has no selector`);
  const asks =
    typeof asked === 'string' ? service.ports.find(({ name }) => name?.value === asked) : undefined;
  const number = typeof asked === 'string' ? portNumber(asks?.port) : asked;
  // By its number from here on: of two entries with one number the first counts, whatever its protocol (S-080).
  const servicePort = service.ports.find(({ port }) => portNumber(port) === number);
  if (number === undefined || !servicePort)
    return refused(`Service ${service.name} does not have a service port ${asked}`);
  const sameNumber = service.ports.filter(({ port }) => portNumber(port) === number);
  if (sameNumber.every(({ protocol }) => protocolOf(protocol) === 'UDP'))
    return refused(`UDP protocol is not supported for ${number}`);
  // A headless Service translates nothing (S-079).
  if (isHeadless(service)) return { local: number, pod: number };
  const wanted = wantedPort(servicePort);
  const pod = typeof wanted?.value === 'string' ? numberOf(wanted.value, workload) : portNumber(wanted);
  if (pod === undefined) return refused(`Pods of ${workload.name} have no port named ${wanted?.value}`);
  return { local: number, pod };
}

/** What `kubectl port-forward pod/NAME ASKED` does: no number needs a declaration, unless that says UDP (S-081). */
export function forwardPod(asked: number | string, workload: Workload): PortForward {
  const number = typeof asked === 'string' ? numberOf(asked, workload) : asked;
  if (number === undefined) return refused(`Pods of ${workload.name} have no port named ${asked}`);
  const declared = portsOf(workload).filter((port) => portNumber(port.number) === number);
  if (declared.length > 0 && declared.every(({ protocol }) => protocolOf(protocol) === 'UDP'))
    return refused(`UDP protocol is not supported for ${number}`);
  return { local: number, pod: number };
}

/** By name alone, in containers and then in all init containers, which Services do not do (S-080). */
const numberOf = (name: string, workload: Workload): number | undefined =>
  portNumber(named(workload).get(name)?.number);

/** As many may ask as there are ports. */
const known = new WeakMap<Workload, ReadonlyMap<string, ContainerPort>>();

function named(workload: Workload): ReadonlyMap<string, ContainerPort> {
  const there = known.get(workload);
  if (there) return there;
  const ports = new Map<string, ContainerPort>();
  for (const port of portsOf(workload)) {
    const name = port.name?.value;
    if (name !== undefined && !ports.has(name)) ports.set(name, port);
  }
  known.set(workload, ports);
  return ports;
}

const portsOf = ({ template: { containers } }: Workload): readonly ContainerPort[] =>
  [
    ...containers.filter(({ role }) => role === 'container'),
    ...containers.filter(({ role }) => role !== 'container'),
  ].flatMap(({ ports }) => ports);
