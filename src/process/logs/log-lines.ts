import type { LogLineKind, LogPattern } from '../../knowledge/log-patterns.ts';
import type { Protocol } from '../../model/protocol.ts';
import { bindOfHost, parsePort } from '../listeners/bind-address.ts';
import type { ListenerBind } from '../listeners/container-process.ts';
import { type LogMatch, logMatches } from './log-matches.ts';

/** Something that a log says, and where. None of the texts is safe to print as it is. */
interface LogLine {
  readonly pattern: LogPattern;
  /** From 1. */
  readonly line: number;
  /** The line without colours, cut where it is very long. */
  readonly text: string;
  /** The part of the line that tells it: `Listening on port :3005`. */
  readonly said: string;
  readonly protocol: Protocol;
  /** As printed, without brackets; empty where the program prints `:8080`, undefined where it prints no host. */
  readonly host: string | undefined;
  /** In lower case: `http`, `https`. */
  readonly scheme: string | undefined;
}

/** A socket that the log announces. */
export interface LogListener extends LogLine {
  readonly port: number;
  /** Who reaches it; undefined where the line does not tell. */
  readonly bind: ListenerBind | undefined;
  /** True when the host is there for people to click on, and need not be the address that is bound. */
  readonly display: boolean;
}

/** Anything else that a log tells about ports. */
export interface LogEvent extends LogLine {
  readonly kind: Exclude<LogLineKind, 'listen'>;
  readonly port: number | undefined;
}

export interface LogObservations {
  /** What is announced last, in the order of the log; a port is there once for each host. */
  readonly listeners: readonly LogListener[];
  readonly events: readonly LogEvent[];
  /** Ports that only shared words announce, where a program's own line is found. */
  readonly others: readonly { readonly port: number; readonly protocol: Protocol }[];
}

/**
 * What the log of one container says of its sockets. It never proves the absence of others: many servers print none.
 *
 * @param log any text; lines are looked at for their first 2,000 characters
 */
export function listeningPorts(log: string): LogObservations {
  const matches = logMatches(log);
  const events = oneOfEachKind(matches.flatMap(eventOf));
  const failed = new Set(events.filter(isFailure).map(({ line }) => line));
  const announced = oneOfEachLine(matches.flatMap(listenerOf)).filter(({ line }) => !failed.has(line));
  const specific = announced.some(({ pattern }) => !pattern.generic && !pattern.secondary);
  const counted = specific ? announced.filter(({ pattern }) => !pattern.generic) : announced;
  return {
    listeners: lastOnes(counted).map((listener) => withHints(listener, events)),
    events,
    others: announced.flatMap((one) =>
      counted.includes(one) ? [] : { port: one.port, protocol: one.protocol },
    ),
  };
}

/** A port of 0 is none: MySQL prints it for the server of its first start. */
function listenerOf(match: LogMatch): LogListener[] {
  const port = parsePort(match.groups.port ?? '') ?? match.pattern.usual;
  if (match.pattern.kind !== 'listen' || port === undefined) return [];
  const said = lineOf(match);
  const printed = said.host === undefined ? undefined : printedBind(said.host);
  const { display: shown } = match.pattern;
  // Nobody clicks on 0.0.0.0: a printed wildcard is the address, also where others are for display.
  const forClicks =
    (shown === 'any' && printed === 'hostname') ||
    (printed === 'loopback' && (shown !== 'name' || said.host === 'localhost'));
  const display = shown !== undefined && match.groups.bound === undefined && forClicks;
  return [{ ...said, port, display, bind: display ? undefined : printed }];
}

/** An open socket on `[::]` takes IPv4 as well, and has IPv6 under it; Go prints it for `:8080`. */
function printedBind(host: string): ListenerBind {
  const bind = host === '' ? 'all' : (bindOfHost(host) ?? 'hostname');
  return bind === 'ipv6' ? 'all' : bind;
}

function eventOf(match: LogMatch): LogEvent[] {
  const { kind } = match.pattern;
  if (kind === 'listen') return [];
  return [{ ...lineOf(match), kind, port: parsePort(match.groups.port ?? '') }];
}

/** ZooKeeper prints a name and an address with a slash between. */
function lineOf({ pattern, groups, line, text, said }: LogMatch): LogLine {
  const host = (groups.bound ?? groups.host)?.split('/').at(-1);
  return {
    pattern,
    line,
    text,
    said,
    protocol: groups.protocol === 'udp' ? 'UDP' : 'TCP',
    host: host?.replace(/^\[(.*)\]$/, '$1'),
    scheme: groups.scheme?.toLowerCase(),
  };
}

/** Of the patterns that know a line the first is meant. */
function oneOfEachLine(listeners: readonly LogListener[]): LogListener[] {
  const first = new Map(listeners.toReversed().map(({ line, pattern }) => [line, pattern]));
  return listeners.filter(({ line, pattern }) => pattern.beside || first.get(line) === pattern);
}

/** What a line tells otherwise may be of several kinds; of one kind the first is meant, but one that knows the port. */
const oneOfEachKind = (events: readonly LogEvent[]): LogEvent[] => {
  const told = new Map<string, LogEvent>();
  for (const event of events) {
    const key = `${event.line} ${event.kind}`;
    const before = told.get(key);
    if (!before || (before.port === undefined && event.port !== undefined)) told.set(key, event);
  }
  return [...told.values()];
};

/** A line that tells why nothing listens announces nothing, whatever its other words are. */
const isFailure = ({ kind }: LogEvent): boolean => kind === 'bind-error' || kind === 'service-link-error';

/** A server of the first start, a wizard or an earlier run is over when the same line is printed for another port. */
function lastOnes(listeners: readonly LogListener[]): LogListener[] {
  const ports = new Map(listeners.map(({ pattern, port }) => [pattern.id, port]));
  const last = new Map<string, LogListener>();
  for (const listener of listeners) {
    const { pattern, port, protocol, host } = listener;
    if (pattern.once && ports.get(pattern.id) !== port) continue;
    const key = JSON.stringify([pattern.id, port, protocol, host]);
    last.delete(key);
    last.set(key, listener);
  }
  return [...last.values()];
}

/** Some programs say on a line of its own which addresses they are bound to. */
function withHints(listener: LogListener, events: readonly LogEvent[]): LogListener {
  const hint = events.findLast(
    ({ kind, pattern }) =>
      (kind === 'loopback-hint' || kind === 'bind-scope-hint') &&
      pattern.product === listener.pattern.product,
  );
  if (!hint) return listener;
  const bind = hint.kind === 'loopback-hint' ? 'loopback' : printedBind(hint.host ?? '');
  return { ...listener, bind, display: listener.host !== undefined };
}
