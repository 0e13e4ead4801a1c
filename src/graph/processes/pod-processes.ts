import type { Container, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ContainerProcess, KnownListener } from '../../process/listeners/container-process.ts';
import type { PortGraph } from '../links/port-graph.ts';

/** The process of a container that stays, and where it stands among the others of its Pod. */
export interface ProcessInPod {
  readonly place: number;
  readonly container: Container;
  readonly process: ContainerProcess;
}

export interface ListenerInPod extends ProcessInPod {
  readonly listener: KnownListener;
}

/** What of a process was to move a port, and does not. */
type SettingsOfPorts = 'ignoredPortVariables' | 'overridden' | 'misunderstood';

/**
 * The processes of a Pod, by what is asked of them for each of its ports: with as many ports as containers, each would
 * be compared with all. Whoever comes first is told.
 */
export class PodProcesses {
  readonly processes: readonly ProcessInPod[];
  /** Those that may listen anywhere. */
  readonly incomplete: readonly ProcessInPod[];
  readonly #listeners = new Map<string, ListenerInPod[]>();
  readonly #possible = new Map<string, ProcessInPod>();
  readonly #ofContainer: ReadonlyMap<Container, ProcessInPod>;
  readonly #settings = new Map<SettingsOfPorts, ReadonlyMap<number, ProcessInPod>>();
  readonly #growing: readonly ProcessInPod[];
  /** Of those that open more where something dials another of their ports, which of them something does. */
  readonly #dialled = new WeakMap<
    ReadonlySet<number>,
    readonly (readonly [ProcessInPod, ReadonlySet<number>])[]
  >();

  constructor({ template }: Workload, processOf: (container: Container) => ContainerProcess) {
    this.processes = template.containers
      .filter(({ role }) => role !== 'init')
      .map((container, place) => ({ place, container, process: processOf(container) }));
    for (const one of this.processes) {
      for (const listener of one.process.listeners) {
        const key = keyOf(listener.port, listener.protocol);
        const here = this.#listeners.get(key);
        if (here) here.push({ ...one, listener });
        else this.#listeners.set(key, [{ ...one, listener }]);
      }
      for (const { port, protocol } of one.process.possible) {
        const key = keyOf(port, protocol);
        if (!this.#possible.has(key)) this.#possible.set(key, one);
      }
    }
    this.incomplete = this.processes.filter(({ process }) => !process.complete);
    this.#growing = this.processes.filter(({ process }) => process.mayOpenMore);
    this.#ofContainer = new Map(this.processes.map((one) => [one.container, one]));
  }

  of(container: Container | undefined): ProcessInPod | undefined {
    return container && this.#ofContainer.get(container);
  }

  /** Who is known to listen on a port, whatever the address. */
  on(port: number, protocol: Protocol): readonly ListenerInPod[] {
    return this.#listeners.get(keyOf(port, protocol)) ?? [];
  }

  /** The first setting of a list that was to move a process to a port. */
  settingOf<K extends SettingsOfPorts>(
    list: K,
    port: number,
  ): (ProcessInPod & { readonly setting: ContainerProcess[K][number] }) | undefined {
    const known = this.#settings.get(list) ?? this.#settingsOf(list);
    this.#settings.set(list, known);
    return known.get(port) as ReturnType<typeof this.settingOf<K>>;
  }

  #settingsOf(list: SettingsOfPorts): ReadonlyMap<number, ProcessInPod> {
    const first = new Map<number, ProcessInPod>();
    for (const one of this.processes) {
      for (const setting of one.process[list])
        if (!first.has(setting.port)) first.set(setting.port, Object.assign({ setting }, one));
    }
    return first;
  }

  mayListen(port: number, protocol: Protocol): ProcessInPod | undefined {
    return this.#possible.get(keyOf(port, protocol));
  }

  /** Whoever dials a port of the framework and another one knows of the other. */
  opensMore(port: number, dialled: ReadonlySet<number> | undefined): ProcessInPod | undefined {
    if (!dialled) return this.#growing[0];
    return this.#growingOn(dialled).find(([, own]) => own.size > (own.has(port) ? 1 : 0))?.[0];
  }

  #growingOn(dialled: ReadonlySet<number>): readonly (readonly [ProcessInPod, ReadonlySet<number>])[] {
    const known = this.#dialled.get(dialled);
    if (known) return known;
    const found = this.#growing.map((one) => {
      const ports = one.process.listeners.map(({ port }) => port);
      return [one, new Set(ports.filter((port) => dialled.has(port)))] as const;
    });
    this.#dialled.set(dialled, found);
    return found;
  }
}

const keyOf = (port: number, protocol: Protocol): string => `${port}/${protocol}`;

const known = new WeakMap<PortGraph['processOf'], WeakMap<Workload, PodProcesses>>();

/** Those of a Pod, which are looked at once by whoever answers for them. */
export function podProcesses(workload: Workload, processOf: PortGraph['processOf']): PodProcesses {
  const pods = known.get(processOf) ?? new WeakMap<Workload, PodProcesses>();
  known.set(processOf, pods);
  const pod = pods.get(workload) ?? new PodProcesses(workload, (container) => processOf(workload, container));
  pods.set(workload, pod);
  return pod;
}
