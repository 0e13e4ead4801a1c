import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ContainerProcess, KnownListener } from '../../process/listeners/container-process.ts';
import { wordListener } from '../../process/listeners/grounds/listener-words.ts';
import type { Location } from '../../text/source.ts';

/** The far end of a link that meets no listener: the process that is known, in words, with its place in the text. */
export interface ProcessEnd {
  readonly container: Container;
  readonly fact: ContainerProcess['fact'];
  /** `listens on 80`, `listens on 8080 only on 127.0.0.1`. */
  readonly phrase: string;
  /** The setting that decides the port, else the image. */
  readonly at: Location;
  /** What it listens on, the likely one first. */
  readonly listeners: readonly KnownListener[];
  /** Ports of the wanted protocol that other Pods can reach, the likely one first. */
  readonly open: readonly number[];
  /** How all this is known, one sentence each. */
  readonly grounds: readonly (KnownNote | string)[];
}

/** Says how something is known, which the evidence of the link says as well: who shows both leaves it out. */
export interface KnownNote {
  readonly known: string;
}

interface Unmet {
  readonly workload: Workload;
  readonly process: ContainerProcess | undefined;
  readonly listener: KnownListener | undefined;
}

export function processEndOf(
  { processOf }: Pick<PortGraph, 'processOf'>,
  { workload, process, listener }: Unmet,
  protocol: Protocol,
): ProcessEnd {
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  const owns = (container: Container): boolean => {
    const own = processOf(workload, container);
    return listener ? own.listeners.includes(listener) : own === process;
  };
  const container = staying.find(owns) ?? staying[0]!;
  const { listeners, fact } = processOf(workload, container);
  const ordered = listener ? [listener, ...listeners.filter((one) => one !== listener)] : listeners;
  return {
    container,
    fact,
    phrase: phraseOf(ordered, protocol),
    at: listener?.at ?? container.image?.at ?? container.nameAt,
    listeners: ordered,
    open: ordered
      .filter((one) => one.protocol === protocol && one.bind !== 'loopback')
      .map(({ port }) => port),
    grounds: [
      ...(listener ? [howKnown(listener)] : []),
      ...sourceNote(fact),
      ...(staying.length > 1 ? ['no other container of the Pod listens there either'] : []),
    ],
  };
}

export const howKnown = (listener: KnownListener): KnownNote => ({
  known: `how the port is known: ${wordListener(listener)}`,
});

/** Where a fact was read; every error that rests on one says so. */
export const sourceNote = (fact: ContainerProcess['fact']): KnownNote[] =>
  fact?.source[0] ? [{ known: `source: ${fact.source[0]}` }] : [];

/** Who opens hundreds of ports is told the first of them. */
const MOST_NAMED = 20;

function phraseOf(listeners: readonly KnownListener[], protocol: Protocol): string {
  if (listeners.length === 0) return 'listens on no port';
  const ports = listeners.map(
    (one) =>
      `${one.port}${one.protocol === protocol ? '' : `/${one.protocol}`}${one.bind === 'loopback' ? ' only on 127.0.0.1' : one.neverIpv4 ? ' for IPv6 alone' : ''}`,
  );
  const all = [...new Set(ports)];
  const [first, ...more] =
    all.length > MOST_NAMED ? [...all.slice(0, MOST_NAMED), `${all.length - MOST_NAMED} more`] : all;
  const last = more.pop();
  return `listens on ${last === undefined ? first : `${[first, ...more].join(', ')} and ${last}`}`;
}
