import type { Observation, SeenConnection, SeenSockets } from '../../model/observation.ts';
import type { Protocol } from '../../model/protocol.ts';
import { bindOfHost } from '../listeners/bind-address.ts';
import type { ListenerBind } from '../listeners/container-process.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import type { Ground } from '../listeners/grounds/ground.ts';

/** What was seen of the ports of a Pod, which its containers share. */
export interface PodPorts {
  readonly open: readonly SeenOpen[];
  readonly closed: readonly SeenClosed[];
  /** Open in some Pods and not in others, or to localhost at least: neither is proved. */
  readonly doubtful: readonly SeenDoubtful[];
  /** Protocols of which every other port is closed, and how that is known. */
  readonly all: ReadonlyMap<Protocol, Ground>;
}

export interface SeenPort {
  readonly port: number;
  readonly protocol: Protocol;
}

export interface SeenOpen extends SeenPort {
  readonly state: 'open';
  /** Undefined where a connection answered, which tells no more than that. */
  readonly bind: ListenerBind | undefined;
  readonly grounds: readonly Ground[];
  /** The Pod's address refuses what is open to others: loopback, or IPv6 where that address is of IPv4. */
  readonly isRefused: boolean;
}

export interface SeenClosed extends SeenPort {
  readonly state: 'closed';
  readonly ground: Ground;
}

export interface SeenDoubtful extends SeenPort {
  readonly state: 'doubtful';
  readonly doubt: Doubt;
}

interface Seen<W> {
  readonly subject: string;
  readonly time: string | undefined;
  readonly command: string | undefined;
  readonly what: W;
}

/**
 * Sockets tell who reaches a port, and a connection what answered there: where both are known and differ, what a client
 * met counts, as something in between may hand it on.
 */
export function podPortsOf(observations: readonly Observation[]): PodPorts | undefined {
  const scans = lastOfEach(observations.flatMap((one) => seen(one, isSockets)));
  const dials = observations.flatMap((one) => seen(one, isDial));
  if (scans.length === 0 && dials.length === 0) return undefined;
  const answers = new Map<string, Dialled>();
  for (const dial of dials) {
    const key = keyOf(dial.what);
    answers.set(key, { ...answers.get(key), [dial.what.from ? 'other' : dial.what.dialled]: dial });
  }
  for (const [key, { pod, other, ...more }] of answers) {
    // That it was kept out tells nothing of the process; whatever else it met does.
    const met = pod ?? (other?.what.answer.kind === 'timeout' ? undefined : other);
    answers.set(key, { ...more, ...(met ? { pod: met } : {}), ...(other && other !== met ? { other } : {}) });
  }
  const found = [...socketsOf(scans).values()].map((one) =>
    weigh(one, scans.length, answers.get(keyOf(one))),
  );
  const listed = new Set(found.map(keyOf));
  const dialled = [...answers.values()].filter(
    ({ pod, localhost, other }) => !listed.has(keyOf((pod ?? localhost ?? other)!.what)),
  );
  const all = [...found, ...dialled.flatMap(weighDial)];
  return {
    open: all.flatMap((one) => (one.state === 'open' ? [one] : [])),
    closed: all.flatMap((one) => (one.state === 'closed' ? [one] : [])),
    doubtful: all.flatMap((one) => (one.state === 'doubtful' ? [one] : [])),
    all: completeOf(scans),
  };
}

const isSockets = (one: Observation['what']): one is SeenSockets => one.kind === 'sockets';
const isDial = (one: Observation['what']): one is SeenConnection & { dialled: 'pod' | 'localhost' } =>
  one.kind === 'connection' && (one.dialled === 'pod' || one.dialled === 'localhost');

type Dial = Seen<SeenConnection>;
interface Dialled {
  readonly pod?: Dial;
  readonly localhost?: Dial;
  /** The Pod's address from another Pod, which may be kept out on the way. */
  readonly other?: Dial;
}

function seen<W extends Observation['what']>(
  { subject, at, command, what }: Observation,
  fits: (one: Observation['what']) => one is W,
): Seen<W>[] {
  if (!fits(what)) return [];
  const { kind, namespace, name } = subject;
  return [{ subject: [kind, namespace, name].join('/'), time: at, command, what }];
}

/** Of one subject the newest counts: it may have been started again since. */
function lastOfEach<W>(all: readonly Seen<W>[]): Seen<W>[] {
  const last = new Map<string, Seen<W>>();
  for (const one of all) {
    const known = last.get(one.subject);
    if (!known || (known.time ?? '') <= (one.time ?? '')) last.set(one.subject, one);
  }
  return [...last.values()];
}

interface Listening extends SeenPort {
  readonly addresses: Set<string>;
  readonly scans: Set<Seen<SeenSockets>>;
}

function socketsOf(scans: readonly Seen<SeenSockets>[]): Map<string, Listening> {
  const ports = new Map<string, Listening>();
  for (const scan of scans) {
    for (const { address, port, protocol } of scan.what.listening) {
      const key = keyOf({ port, protocol });
      const known = ports.get(key) ?? { port, protocol, addresses: new Set(), scans: new Set() };
      known.addresses.add(address);
      known.scans.add(scan);
      ports.set(key, known);
    }
  }
  return ports;
}

type Weighed = SeenOpen | SeenClosed | SeenDoubtful;

function weigh(
  { port, protocol, addresses, scans }: Listening,
  pods: number,
  { pod, localhost, other }: Dialled = {},
): Weighed {
  const [scan] = scans;
  const socket: Ground = { kind: 'socket', addresses: [...addresses], port, protocol, ...when(scan!) };
  const dials = [pod, localhost, other].flatMap((dial) => (dial ? [connectionGround(dial)] : []));
  const bind = bindOf([...addresses]);
  if (pod && isAnswer(pod)) {
    return {
      state: 'open',
      port,
      protocol,
      bind: bind === 'loopback' ? undefined : bind,
      grounds: [...dials, socket],
      isRefused: false,
    };
  }
  // The kernel does not list IPV6_V6ONLY; a refusal tells of it.
  if (pod?.what.answer.kind === 'refused' && [...addresses].every((one) => one === '::'))
    return { state: 'open', port, protocol, bind: 'ipv6', grounds: [socket, ...dials], isRefused: true };
  if (pod?.what.answer.kind === 'refused' && bind !== 'loopback')
    return { state: 'closed', port, protocol, ground: connectionGround(pod) };
  if (scans.size < pods) {
    return {
      state: 'doubtful',
      port,
      protocol,
      doubt: doubt('some-pods-listen', { pods, listening: scans.size, port }),
    };
  }
  const isRefused = bind === 'loopback';
  return { state: 'open', port, protocol, bind, grounds: [socket, ...dials], isRefused };
}

/** A port of which connections alone tell. */
function weighDial({ pod, localhost, other }: Dialled): Weighed[] {
  const { port, protocol } = (pod ?? localhost ?? other)!.what;
  const inside = localhost && isAnswer(localhost) ? localhost : undefined;
  if (pod && isAnswer(pod))
    return [
      {
        state: 'open',
        port,
        protocol,
        bind: undefined,
        grounds: [pod, ...(localhost ? [localhost] : []), ...(other ? [other] : [])].map(connectionGround),
        isRefused: false,
      },
    ];
  if (pod?.what.answer.kind === 'refused') {
    return inside
      ? [
          {
            state: 'open',
            port,
            protocol,
            bind: 'loopback',
            grounds: [connectionGround(inside), connectionGround(pod)],
            isRefused: true,
          },
        ]
      : [{ state: 'closed', port, protocol, ground: connectionGround(pod) }];
  }
  if (inside)
    return [
      {
        state: 'doubtful',
        port,
        protocol,
        doubt: doubt('answers-on-localhost', {}),
      },
    ];
  return pod
    ? [
        {
          state: 'doubtful',
          port,
          protocol,
          doubt: doubt('connection-timed-out', { port }),
        },
      ]
    : [];
}

function connectionGround(dial: Dial): Ground {
  const { dialled, from, port, protocol, answer } = dial.what;
  return { kind: 'connection', dialled, from, port, protocol, answer, ...when(dial) };
}

const when = ({ time, command }: Seen<unknown>): Pick<Seen<unknown>, 'time' | 'command'> => ({
  time,
  command,
});

const isAnswer = ({ what: { answer } }: Dial): boolean =>
  answer.kind !== 'refused' && answer.kind !== 'timeout';

/** Every scan must list all of a protocol. */
function completeOf(scans: readonly Seen<SeenSockets>[]): Map<Protocol, Ground> {
  const [first, ...more] = scans;
  const protocols = (first?.what.all ?? []).filter((one) => more.every(({ what }) => what.all.includes(one)));
  return new Map(
    protocols.map((protocol) => [
      protocol,
      { kind: 'socket', addresses: [], port: undefined, protocol, ...when(first!) },
    ]),
  );
}

const keyOf = ({ port, protocol }: SeenPort): string => `${port}/${protocol}`;

/** As the kernel has it: a socket on `::` takes IPv4 as well unless it is told not to, and is seen as one. */
function bindOf(addresses: readonly string[]): ListenerBind {
  const binds = new Set(addresses.map((one) => bindOfHost(one.replace(/^::ffff:/i, '')) ?? 'hostname'));
  if (binds.has('ipv6') || binds.has('all')) return 'all';
  if (binds.has('ipv4')) return 'ipv4';
  return binds.size === 1 ? [...binds][0]! : 'all';
}
