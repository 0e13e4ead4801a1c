import type { Container, Workload } from '../../model/model.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import type {
  ClosedPort,
  ContainerProcess,
  KnownListener,
  ProcessOf,
} from '../listeners/container-process.ts';
import type { Ground } from '../listeners/grounds/ground.ts';
import { missing } from '../listeners/missing-proof.ts';
import type { PodPorts, SeenOpen, SeenPort } from './pod-ports.ts';

/**
 * The part of a container in what was seen of its Pod. A socket does not tell whose it is: it is taken for that of the
 * container of which it is known, else of the one that declares the port, else of the first that may open more.
 */
export function shareOut(
  seen: PodPorts,
  workload: Workload,
  container: Container,
  processOf: ProcessOf,
): ContainerProcess {
  const process = processOf(workload, container);
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  const isOwn = (one: SeenOpen): boolean => ownerOf(one, workload, staying, processOf) === container;
  const isShut = (one: SeenPort): boolean =>
    !seen.open.some(same(one)) &&
    !seen.doubtful.some(same(one)) &&
    (seen.all.has(one.protocol) || seen.closed.some(same(one)));
  const gone = process.listeners.filter(isShut);
  const own = seen.open.filter(isOwn);
  const kept = process.listeners.filter((one) => !isShut(one) && !own.some(same(one)));
  const isAllSeen = seen.all.has('TCP') && seen.all.has('UDP');
  const lacking = [
    ...missing(
      'observation',
      seen.doubtful.map(({ doubt }) => doubt),
    ),
    ...(isAllSeen ? [] : process.missing),
  ];
  return {
    ...process,
    listeners: [...own.map((one) => listenerOf(one, process.listeners, gone)), ...kept],
    possible: [
      ...process.possible.filter((one) => !isShut(one) && !own.some(same(one))),
      ...seen.doubtful.map(({ port, protocol }) => ({ port, protocol })),
    ],
    complete: lacking.length === 0 && (isAllSeen || process.complete),
    missing: lacking,
    closed: [
      ...(process.closed ?? []).filter((one) => !seen.open.some(same(one))),
      ...seen.closed.map(({ port, protocol, ground }) => closedPort(port, protocol, [ground])),
      ...seen.open
        .filter(({ isRefused }) => isRefused)
        .map(({ port, protocol, grounds }) => closedPort(port, protocol, grounds)),
    ],
    closedElse: seen.all,
  };
}

const closedPort = (port: number, protocol: Protocol, grounds: readonly Ground[]): ClosedPort => ({
  port,
  protocol,
  grounds,
});

function ownerOf(
  open: SeenOpen,
  workload: Workload,
  staying: readonly Container[],
  processOf: ProcessOf,
): Container | undefined {
  const known = staying.find((one) => processOf(workload, one).listeners.some(same(open)));
  if (known) return known;
  const declaring = staying.find(({ ports }) =>
    ports.some(
      ({ number, protocol }) => number?.value === open.port && protocolOf(protocol) === open.protocol,
    ),
  );
  // The sockets of a Pod on the network of its node are those of all that run there.
  if (declaring || workload.template.hostNetwork) return declaring;
  return staying.find((one) => !processOf(workload, one).complete) ?? staying[0];
}

function listenerOf(
  { port, protocol, bind, grounds, isRefused }: SeenOpen,
  inferred: readonly KnownListener[],
  gone: readonly KnownListener[],
): KnownListener {
  const known = inferred.find(same({ port, protocol }));
  const wrong = known ? undefined : gone.find((one) => one.protocol === protocol);
  const all: readonly Ground[] = [...grounds, ...(known?.grounds ?? [])];
  return {
    port,
    protocol,
    bind: bind ?? (known && known.bind !== 'loopback' ? known.bind : 'all'),
    ...(bind === 'ipv6' && isRefused ? { neverIpv4: true } : {}),
    grounds: all,
    told: grounds,
    at: known?.at,
    against: wrong,
  };
}

const same =
  (one: SeenPort) =>
  (other: SeenPort): boolean =>
    one.port === other.port && one.protocol === other.protocol;
