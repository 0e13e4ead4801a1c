import { insideScalar, type PlaceInside } from '../../text/inside-scalar.ts';
import { bindOfHost, parsePort } from '../listeners/bind-address.ts';
import type { FileNotFollowed, NotFollowed } from '../listeners/doubts/config-file-doubts.ts';
import { type Doubt, doubt, keyOfDoubt } from '../listeners/doubts/doubt.ts';
import type { Unquoted } from '../listeners/grounds/file-words.ts';
import type { ConfigFile, ConfigListener, ConfigReading } from './config-file.ts';
import { POD_IP, UNKNOWN_VALUE } from './variables.ts';

/** Characters of a file's text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

type Bind = ConfigListener['bind'];

/** What follows from an address in words, be it of one program or another. */
export interface SocketSettings {
  readonly protocol?: ConfigListener['protocol'];
  readonly speaks?: ConfigListener['speaks'];
  /** What stands for a line where none spells the socket. */
  readonly said?: Unquoted;
}

/** Collects what the files of one program say of its sockets. */
export class Sockets {
  readonly #listeners: ConfigListener[] = [];
  readonly #seen = new Set<string>();
  readonly #doubts = new Map<string, Doubt>();
  readonly #places = new Map<ConfigFile, PlaceInside>();

  /** How many there are. */
  get doubts(): number {
    return this.#doubts.size;
  }

  doubt(one: Doubt): void {
    this.#doubts.set(keyOfDoubt(one), one);
  }

  /** Says that something written in a file is not followed: ``the doubt `listen $port` in nginx.conf of …``. */
  doubtAbout(file: ConfigFile, at: Stretch, why: NotFollowed): void {
    const written = file.secret ? undefined : lineOf(file, at);
    this.doubt(doubt('text-not-followed', { written, from: file.from, why }));
  }

  /** Says that all that a file may say is not known. */
  doubtFile({ from }: ConfigFile, why: FileNotFollowed): void {
    this.doubt(doubt('file-not-followed', { from, why }));
  }

  /** A socket whose port and address are known. */
  add(
    file: ConfigFile,
    at: Stretch,
    port: number,
    bind: Bind,
    { protocol = 'TCP', said, speaks }: SocketSettings = {},
  ): void {
    const key = `${port}/${protocol} ${bind}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const place = this.#places.get(file) ?? insideScalar(file.text);
    this.#places.set(file, place);
    this.#listeners.push({
      port,
      protocol,
      bind,
      speaks,
      said: said ?? (file.secret ? { is: 'port', port } : lineOf(file, at)),
      // Worked out when it is shown: the source's text would have to be read again for every mounted file.
      get at() {
        return place(at.start, at.end);
      },
      file,
    });
  }

  /** A socket as two texts; an empty host is every address. What cannot be read becomes a doubt. */
  open(file: ConfigFile, at: Stretch, host: string, port: string, settings?: SocketSettings): void {
    const bind = bindOf(host);
    const number = parsePort(port);
    if (port.includes(UNKNOWN_VALUE) || host.includes(UNKNOWN_VALUE)) {
      this.doubtAbout(file, at, 'value-outside');
    } else if (number === undefined) this.doubtAbout(file, at, 'unreadable-port');
    else if (bind === undefined) this.doubtAbout(file, at, 'binds-one-or-name');
    else this.add(file, at, number, bind, settings);
  }

  /** `host:port`, `:port` or `[::]:port`. */
  openAddress(file: ConfigFile, at: Stretch, address: string, settings?: SocketSettings): void {
    const colon = address.lastIndexOf(':');
    this.open(file, at, address.slice(0, Math.max(0, colon)), address.slice(colon + 1), settings);
  }

  /** `8000` or `8000-8010`. */
  openRange(file: ConfigFile, at: Stretch, host: string, ports: string, settings?: SocketSettings): void {
    const [from = '', to] = ports.split('-');
    const [first, last] = [parsePort(from), parsePort(to ?? '')];
    if (first === undefined || last === undefined) this.open(file, at, host, ports, settings);
    else if (last - first > MOST_PORTS) this.doubtAbout(file, at, 'too-many-ports');
    else for (let port = first; port <= last; port++) this.open(file, at, host, String(port), settings);
  }

  /** `[::]` beside every address of the same port is no socket to speak of. */
  reading(): ConfigReading {
    const everywhere = new Set(this.#listeners.filter(({ bind }) => bind === 'all').map(socketOf));
    const listeners = this.#listeners.filter(
      (listener) => listener.bind !== 'ipv6' || !everywhere.has(socketOf(listener)),
    );
    return { listeners, doubts: [...this.#doubts.values()] };
  }
}

/** In one range. */
const MOST_PORTS = 1000;

const socketOf = ({ port, protocol }: ConfigListener): string => `${port}/${protocol}`;

/** Undefined for one address or a name. */
export function bindOf(host: string): Bind | undefined {
  if (host === POD_IP || host === `[${POD_IP}]`) return 'hostname';
  const bind = host === '' ? 'all' : bindOfHost(host);
  return bind === 'ipv4' ? 'all' : bind;
}

const LONGEST_QUOTE = 80;

const lineOf = ({ text }: ConfigFile, { start, end }: Stretch): string => {
  const cut = text.value.slice(start, Math.min(end, start + 2 * LONGEST_QUOTE));
  const line = cut.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
};

/** The first line that says something: the place of what a file leaves out. */
export function topOf({ text }: ConfigFile): Stretch {
  const start = Math.max(0, text.value.search(/\S/));
  const line = text.value.indexOf('\n', start);
  return { start, end: line === -1 ? text.value.length : line };
}

/** For programs that read no file until they are told which. */
export function readWithout(files: readonly ConfigFile[], program: string): ConfigReading {
  return {
    listeners: [],
    doubts: files.map(({ from }) => doubt('file-unread', { program, from })),
  };
}
