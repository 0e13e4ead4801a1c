import type { SeenSockets, Socket } from '../model/observation.ts';
import type { Protocol } from '../model/protocol.ts';

/**
 * What `cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6` prints, one file behind the other. Each begins
 * with a line of titles, by which it is known; IPv6 files are missing where the node has no IPv6.
 *
 * @param isWhole whether all that was printed is there; what was cut proves no absence
 * @returns undefined for a text that holds no such file
 */
export function readProcNet(text: string, isWhole: boolean): SeenSockets | undefined {
  const read = readLines(text.split('\n'));
  if (read.begun.length === 0) return undefined;
  const isBigEndian = read.sockets.some(({ raw }) => BIG_ENDIAN_LOOPBACK.test(raw));
  const listening = read.sockets.map(
    ({ raw, port, protocol }): Socket => ({ address: addressOf(raw, isBigEndian), port, protocol }),
  );
  const cut = isWhole ? undefined : read.begun.at(-1);
  const begun = new Set(read.begun.filter((protocol) => protocol !== cut));
  return { kind: 'sockets', listening: distinct(listening), all: [...begun] };
}

interface Line {
  /** Hexadecimal, as the kernel prints it. */
  readonly raw: string;
  readonly port: number;
  readonly protocol: Protocol;
}

interface Lines {
  readonly sockets: readonly Line[];
  /** The protocol of each file, in order. */
  readonly begun: readonly Protocol[];
}

const TITLES = /^\s*sl\s+local_address\b/;
const LOCAL = /^((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4})$/;
const NOWHERE = /^[0:]+$/;
/** Longer lines are not the kernel's. */
const LONGEST_LINE = 256;
/** TCP_LISTEN and TCP_CLOSE of include/net/tcp_states.h; a UDP socket that is not connected is in the latter. */
const STATE: Readonly<Record<'TCP' | 'UDP', string>> = { TCP: '0A', UDP: '07' };

function readLines(lines: readonly string[]): Lines {
  const sockets: Line[] = [];
  const begun: Protocol[] = [];
  let protocol: 'TCP' | 'UDP' | undefined;
  for (const line of lines) {
    if (TITLES.test(line)) {
      protocol = /\bdrops\b/.test(line) ? 'UDP' : 'TCP';
      begun.push(protocol);
      continue;
    }
    // `0: 0100007F:0CEB 00000000:0000 0A …`: local address and port, remote ones, state.
    const [, local = '', remote = '', state] = line.slice(0, LONGEST_LINE).trim().split(' ', 4);
    const [, raw, port] = LOCAL.exec(local) ?? [];
    if (protocol === undefined || raw === undefined || state !== STATE[protocol]) continue;
    if ((raw.length !== 8 && raw.length !== 32) || !NOWHERE.test(remote)) continue;
    sockets.push({ raw, port: Number.parseInt(port!, 16), protocol });
  }
  return { sockets, begun };
}

/**
 * The kernel prints each 32 bits of an address as a number of the machine (`%08X` in net/ipv4/tcp_ipv4.c): bytes are
 * the wrong way round but on the few that are big-endian (s390x), where loopback looks like this.
 */
const BIG_ENDIAN_LOOPBACK = /^(?:7F[0-9A-F]{6}|0{31}1|0{20}FFFF7F[0-9A-F]{6})$/;

function addressOf(raw: string, isBigEndian: boolean): string {
  const words = raw.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => {
    const inOrder = word.match(/../g)!.map((byte) => Number.parseInt(byte, 16));
    return isBigEndian ? inOrder : inOrder.toReversed();
  });
  return bytes.length === 4 ? bytes.join('.') : v6(bytes);
}

/** As RFC 5952 has it: the longest run of zeros left out, IPv4 within IPv6 with its dots. */
function v6(bytes: readonly number[]): string {
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[2 * at]! << 8) | bytes[2 * at + 1]!).toString(16),
  );
  const [longest] = [...groups.join(':').matchAll(/\b0(?::0\b)+/g)].toSorted(
    (a, b) => b[0].length - a[0].length,
  );
  if (!longest) return groups.join(':');
  const text = groups.join(':');
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}

/** Programs open one socket for each worker. */
function distinct(sockets: readonly Socket[]): Socket[] {
  const seen = new Map(sockets.map((one) => [`${one.address} ${one.port} ${one.protocol}`, one]));
  return [...seen.values()];
}
