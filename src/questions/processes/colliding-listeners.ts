import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Workload } from '../../model/model.ts';
import type {
  ContainerProcess,
  KnownListener,
  ListenerBind,
} from '../../process/listeners/container-process.ts';

interface Holder {
  readonly container: Container;
  readonly process: ContainerProcess;
  readonly listener: KnownListener;
}

/** Two containers of one Pod whose processes want the same socket; the second one does not get it. */
export interface Collision {
  readonly first: Holder;
  readonly second: Holder;
  /** Everything about both is in the input. */
  readonly certain: boolean;
}

/** All containers of a Pod that run side by side share its ports; init containers are gone by then. */
export function collidingListeners(
  { processOf }: Pick<PortGraph, 'processOf'>,
  workload: Workload,
): Collision[] {
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  const holders = staying.flatMap((container) => {
    const process = processOf(workload, container);
    return process.listeners.map((listener): Holder => ({ container, process, listener }));
  });
  const collisions: Collision[] = [];
  const onPorts = new Map<string, Holder[]>();
  for (const second of holders) {
    const { port, protocol } = second.listener;
    const before = onPorts.get(`${port}/${protocol}`) ?? [];
    const first = before.find((one) => collide(one, second));
    if (first) {
      collisions.push({ first, second, certain: first.process.complete && second.process.complete });
    }
    if (before.length === 0) onPorts.set(`${port}/${protocol}`, before);
    before.push(second);
  }
  return collisions;
}

/** Of one port. */
const collide = (one: Holder, other: Holder): boolean =>
  one.container !== other.container &&
  !APART.has(`${one.listener.bind} ${other.listener.bind}`) &&
  !APART.has(`${other.listener.bind} ${one.listener.bind}`);

/** Addresses that can be bound side by side: `[::]` may be of IPv6 alone, and the Pod's address is not loopback. */
const APART: ReadonlySet<`${ListenerBind} ${ListenerBind}`> = new Set([
  'ipv4 ipv6',
  'loopback ipv6',
  'loopback hostname',
] as const);
