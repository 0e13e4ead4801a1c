import type { Protocol } from '../../model/protocol.ts';
import type {
  ClosedPort,
  ContainerProcess,
  KnownListener,
  ListenerBind,
} from '../listeners/container-process.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import type { Ground } from '../listeners/grounds/ground.ts';
import { missing } from '../listeners/missing-proof.ts';
import type { LogEvent, LogListener, LogObservations } from './log-lines.ts';

/** The log of one container, read. */
export interface ContainerLog {
  /** As it was given: `app.log`, `-`. */
  readonly path: string;
  readonly observations: LogObservations;
  /** When it was read, as far as that is known. */
  readonly time?: string | undefined;
  /** What shows it again. */
  readonly command?: string | undefined;
}

export interface LoggedProcess extends ContainerProcess {
  /**
   * Ports that this process certainly does not serve to other Pods, whether or not the list of its listeners is
   * complete.
   */
  readonly closed: readonly ClosedPort[];
}

/**
 * A port that is announced is open, whatever else was inferred of it. A main listener that is announced elsewhere has
 * moved there. A bind that was not permitted is closed. Nothing else that was inferred becomes less true, and nothing
 * becomes complete, as a log is silent about sockets of which its program prints nothing: except where its program
 * prints every one, or ends.
 *
 * @param declared ports of the container
 */
export function withLog(
  process: ContainerProcess & Partial<LoggedProcess>,
  log: ContainerLog,
  declared: readonly Port[] = [],
): LoggedProcess {
  const { events } = log.observations;
  const said = log.observations.listeners.filter((one) => !isAssumed(one) || isUnknown(process));
  const failed = lastFailures(log);
  const spoilt = said.length === 0 ? events.findLast(isCrash) : undefined;
  const announced = openPorts(process, said, failed, log);
  const moved = mainMoved(process, said, announced);
  const known = (one: Port): boolean => [...process.listeners, ...process.possible].some(same(one));
  const kept = process.listeners.filter(
    (one) => !spoilt && one !== moved?.from && !announced.some(same(one)) && !failed.some(same(one)),
  );
  // A log that announces other ports, and none of those that were inferred, speaks of another program.
  const contradicts =
    !moved &&
    process.listeners.length > 0 &&
    said.some(({ pattern }) => !pattern.secondary) &&
    !announced.some(known);
  const surprising = process.complete && !moved && !contradicts ? announced.filter((one) => !known(one)) : [];
  const unsaid = [
    ...failed.flatMap(({ certain, grounds }) => (certain ? [] : [doubt('bind-failed', { grounds })])),
    ...(spoilt
      ? [
          doubt('log-ends', {
            ground: logGround(spoilt, log),
            isLink: spoilt.kind !== 'bind-error',
          }),
        ]
      : []),
    ...(contradicts ? [doubt('log-of-another', { log: log.path })] : []),
    ...surprising.map(({ port, grounds }) => doubt('listener-surprises', { port, grounds })),
  ];
  const lacking = [
    ...missing('observation', unsaid),
    ...process.missing.map(({ kind, doubt: why }) => ({
      kind,
      doubt: said.length === 0 ? doubt('log-silent', { log: log.path, doubt: why }) : why,
    })),
  ];
  const closed = firstOfEach([
    ...(process.closed ?? []).filter((one) => !announced.some(same(one))),
    ...announced
      .filter(({ bind }) => bind === 'loopback')
      .map(({ port, protocol, grounds }) => ({ port, protocol, grounds })),
    ...failed.flatMap(({ certain, ...port }) => (certain ? [port] : [])),
    ...(moved?.closed ?? []).filter((one) => !kept.some(same(one))),
  ]);
  const all = said.find(({ pattern }) => pattern.complete);
  const final = all ?? (spoilt?.pattern.ends ? spoilt : undefined);
  const beside = all ? besideAnnounced(log.observations, announced, declared) : [];
  return {
    ...process,
    ...(final && { closedElse: new Map([['TCP', logGround(final, log)]]) }),
    listeners: contradicts ? announced : [...announced, ...kept],
    possible: [
      ...[...process.possible, ...beside].filter(
        (one) => !announced.some(same(one)) && !closed.some(same(one)),
      ),
      ...(contradicts && !all ? kept.map(({ port, protocol }) => ({ port, protocol })) : []),
    ],
    complete: process.complete && lacking.length === 0,
    missing: lacking,
    closed,
    taken: [...(process.taken ?? []), ...failed.filter(({ isTaken }) => isTaken)],
  };
}

interface Port {
  readonly port: number;
  readonly protocol: Protocol;
}

const same =
  (one: Port) =>
  (other: Port): boolean =>
    one.port === other.port && one.protocol === other.protocol;

const firstOfEach = <T extends Port>(ports: readonly T[]): T[] =>
  ports.filter((one, index) => ports.findIndex(same(one)) === index);

/** Longer quotations help nobody. */
const LONGEST_QUOTE = 120;

const logGround = (
  { said, line, pattern: { id, usual } }: LogListener | LogEvent,
  { path, time, command }: ContainerLog,
): Ground => ({
  kind: 'log',
  line: {
    said: said.length > LONGEST_QUOTE ? `${said.slice(0, LONGEST_QUOTE)}…` : said,
    path,
    number: line,
    pattern: { id, usual },
  },
  time,
  command,
});

/** Each announced port that no later line takes back. */
function openPorts(
  process: ContainerProcess,
  said: readonly LogListener[],
  failed: readonly Failure[],
  log: ContainerLog,
): KnownListener[] {
  return firstOfEach(said)
    .filter((one) => !failed.some(same(one)))
    .map(({ port, protocol }) => {
      const lines = said.filter(same({ port, protocol }));
      const inferred = process.listeners.find(same({ port, protocol }));
      const bind = bindOf(lines) ?? inferred?.bind ?? 'all';
      return { port, protocol, bind, grounds: [logGround(lines.at(-1)!, log)], at: undefined };
    });
}

/** Undefined where no line tells. Loopback beside an address of the Pod is every address, listed one by one. */
function bindOf(lines: readonly LogListener[]): ListenerBind | undefined {
  const binds = new Set(lines.flatMap(({ bind }) => bind ?? []));
  if (binds.size <= 1) return [...binds][0];
  return binds.has('ipv4') && !binds.has('all') ? 'ipv4' : 'all';
}

interface Failure extends ClosedPort {
  /** True when nothing else can have the port either. */
  readonly certain: boolean;
  /** Someone of the Pod has it. */
  readonly isTaken: boolean;
}

/** Binds that failed, and did not succeed later. */
function lastFailures(log: ContainerLog): Failure[] {
  const { events, listeners } = log.observations;
  const failures = events.flatMap((event) => {
    const { kind, port, protocol, line } = event;
    if (kind !== 'bind-error' || port === undefined) return [];
    const later = listeners.some((one) => one.line > line && same({ port, protocol })(one));
    const grounds = [logGround(event, log)];
    const [certain, isTaken] = [isFinal(event), IN_USE.test(event.text)];
    return later ? [] : [{ port, protocol, certain, isTaken, grounds }];
  });
  return firstOfEach(failures.reverse());
}

/**
 * An address in use is in use by someone of the Pod, who may serve it. One address that is not there leaves the others,
 * but to nginx every `emerg` is the end.
 */
const isFinal = ({ text }: LogEvent): boolean =>
  !IN_USE.test(text) && /permission denied|EACCES|\[emerg\]/i.test(text);

const IN_USE = /in use|EADDRINUSE/i;

/**
 * Some programs end on a Service's link in a port variable (S-112), others take their default. A bind that failed
 * without saying where is of the program's own port.
 */
const isCrash = ({ kind, pattern, port }: LogEvent): boolean =>
  (kind === 'service-link-error' && !pattern.generic) || (kind === 'bind-error' && port === undefined);

/** The line names no port, and what it has unless told otherwise is meant. */
const isAssumed = ({ pattern }: LogListener): boolean => pattern.usual !== undefined;

/** Nothing says how the program was started. */
const isUnknown = ({ fact, listeners }: ContainerProcess): boolean => !fact && listeners.length === 0;

/** What may be open beside sockets that were all announced: what shared words announce, and what is declared too. */
function besideAnnounced(
  { others }: LogObservations,
  announced: readonly Port[],
  declared: readonly Port[],
): Port[] {
  return [...others, ...(declared.some((one) => announced.some(same(one))) ? declared : [])];
}

interface Moved {
  /** The inferred listener that is not there then. */
  readonly from: KnownListener | undefined;
  readonly closed: readonly ClosedPort[];
}

/** Where the log is of the program of the image, prints its main port once a run, and prints another than inferred. */
function mainMoved(
  { fact, listeners, complete }: ContainerProcess,
  said: readonly LogListener[],
  announced: readonly KnownListener[],
): Moved | undefined {
  const usual = fact?.ports[0];
  const own = said.find(({ pattern }) => fact && pattern.facts?.includes(fact.id));
  const now = own && announced.find(same(own));
  if (!now || !usual || usual.closed || usual.conditional) return undefined;
  // With a doubt the first listener that is known need not be the main one.
  const from = complete || fact.ports.length === 1 ? listeners[0] : undefined;
  const elsewhere = [{ port: usual.port, protocol: usual.protocol }, ...(from ? [from] : [])].filter(
    (one) => !announced.some(same(one)) && !fact.ports.slice(1).some(same(one)),
  );
  if (elsewhere.length === 0) return undefined;
  return {
    from: from && !announced.some(same(from)) ? from : undefined,
    closed: elsewhere.map(({ port, protocol }) => ({ port, protocol, grounds: now.grounds })),
  };
}
