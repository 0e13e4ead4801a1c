import type { FrameworkFact, ImageFact } from '../../../knowledge/image-fact.ts';
import { nounOf } from '../../../knowledge/noun.ts';
import type { Answer, SeenConnection, SeenEvent } from '../../../model/observation.ts';
import type { Protocol } from '../../../model/protocol.ts';
import type { Location } from '../../../text/source.ts';
import { type FileSays, wordFile } from './file-words.ts';
import { type SeenState, type SliceSays, wordEvent, wordSlice, wordState } from './seen-words.ts';
import { isSameSetting, type WrittenSetting, wordSetting } from './written-setting.ts';

/** What of a socket a setting decides. */
export type Decided = 'port' | 'loopback' | 'address';

/** One way in which a socket of a process is known. */
export type Ground =
  /** A default of the program; `reads`: the program takes the setting before it, and `usual` is its default then. */
  | {
      readonly kind: 'image-fact' | 'framework-fact' | 'configuration';
      readonly fact: ImageFact | FrameworkFact;
      readonly role: 'default' | 'reads' | 'loopback' | 'hostname';
      readonly usual?: number | undefined;
    }
  | {
      readonly kind: 'variable' | 'flag' | 'dockerfile' | 'image-config';
      readonly decides: Decided;
      readonly written: WrittenSetting;
      readonly at: Location | undefined;
    }
  /** `listen 8080` in `nginx.conf of ConfigMap shop/conf`. */
  | {
      readonly kind: 'mounted-file';
      readonly said: FileSays;
      readonly from: string;
      readonly at: Location | undefined;
    }
  /** A line that the program printed. */
  | ({ readonly kind: 'log'; readonly line: LogLine; readonly time?: string | undefined } & Repeatable)
  /** Where a Pod was seen to listen; without a port: that it listens nowhere else. */
  | ({
      readonly kind: 'socket';
      readonly addresses: readonly string[];
      readonly port: number | undefined;
      readonly protocol: Protocol;
      readonly time: string | undefined;
    } & Repeatable)
  /** What a connection met. */
  | ({
      readonly kind: 'connection';
      readonly dialled: SeenConnection['dialled'];
      readonly from?: SeenConnection['from'];
      readonly address?: string | undefined;
      readonly port: number;
      readonly protocol: Protocol;
      readonly answer: Answer;
      readonly time: string | undefined;
    } & Repeatable)
  /** What the cluster says of an object. */
  | {
      readonly kind: 'endpoint-slice';
      readonly slice: string;
      readonly says: SliceSays;
      readonly time: string | undefined;
    }
  | { readonly kind: 'condition'; readonly state: SeenState; readonly time: string | undefined }
  | { readonly kind: 'event'; readonly what: SeenEvent; readonly time: string | undefined };

/** What of a log tells something, and where. */
interface LogLine {
  /** The part of the line that tells it: `Listening on port :3005`; no longer than anybody reads. */
  readonly said: string;
  /** The log as it was given: `app.log`, `-`. */
  readonly path: string;
  readonly number: number;
  /** The pattern that fits, and what is meant where the line names no port. */
  readonly pattern: { readonly id: string; readonly usual?: number | undefined };
  /** The container that cannot have the port, where somebody else of its Pod has it. */
  readonly takenFrom?: { readonly container: string; readonly port: number } | undefined;
}

interface Repeatable {
  /** What a person can run to see the same. */
  readonly command?: string | undefined;
}

/** Whether it was seen of what runs, rather than read. */
export const isObserved = ({ kind }: Ground): boolean => OBSERVED.has(kind);

const OBSERVED: ReadonlySet<Ground['kind']> = new Set([
  ...(['log', 'socket', 'connection', 'endpoint-slice', 'condition', 'event'] as const),
]);

/** The ground in words; those of one socket, joined by commas, are one phrase. */
export function wordGround(ground: Ground): string {
  switch (ground.kind) {
    case 'image-fact':
    case 'framework-fact':
    case 'configuration': {
      const program = nounOf(ground.fact);
      if (ground.role === 'loopback') return `bound to loopback as ${program} has it`;
      if (ground.role === 'hostname') return 'bound to the address that HOSTNAME stands for';
      if (ground.role === 'default') return `default of ${program}`;
      return `which ${program} reads${ground.usual === undefined ? '' : `; default ${ground.usual}`}`;
    }
    case 'mounted-file':
      return `${wordFile(ground.said)} in ${ground.from}`;
    case 'log':
      return wordLine(ground.line);
    case 'endpoint-slice':
      return wordSlice(ground.slice, ground.says);
    case 'condition':
      return wordState(ground.state);
    case 'event':
      return wordEvent(ground.what);
    case 'socket':
      return ground.port === undefined
        ? `its ${ground.protocol} sockets were seen, and none is there`
        : `an open socket says so: ${ground.addresses.map((address) => socketAddress(address, ground.port!)).join(', ')}`;
    case 'connection':
      return `a connection${ground.from === 'pod' ? ' from another Pod' : ''} to port ${ground.port} of ${DIALLED[ground.dialled]}${ground.address === undefined ? '' : ` ${ground.address}`} ${wordAnswer(ground.answer)}`;
    default:
      return ground.decides === 'port'
        ? wordSetting(ground.written)
        : `bound ${ground.decides === 'loopback' ? 'to loopback ' : ''}by ${wordSetting(ground.written)}`;
  }
}

function wordLine({ said, path, number, pattern, takenFrom }: LogLine): string {
  const usual = pattern.usual === undefined ? '' : `, ${pattern.usual} unless told otherwise`;
  const taken = takenFrom
    ? `container ${takenFrom.container} cannot have port ${takenFrom.port}, which is taken in its Pod: `
    : '';
  return `${taken}its log says so: "${said}" (${path}:${number}), pattern ${pattern.id}${usual}`;
}

const DIALLED: Readonly<Record<SeenConnection['dialled'], string>> = {
  pod: "the Pod's address",
  localhost: 'localhost in the Pod',
  service: 'the Service',
  controller: 'the controller',
  node: 'node',
  'load-balancer': 'the load balancer',
};

function wordAnswer(answer: Answer): string {
  switch (answer.kind) {
    case 'http':
      return `was answered with HTTP ${answer.status}${answer.by === 'controller' ? ' by the controller itself' : ''}`;
    case 'tls':
      return 'was answered with TLS';
    case 'tcp':
      return 'was taken';
    case 'refused':
      return 'was refused';
    case 'timeout':
      return 'timed out';
  }
}

const socketAddress = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

export const wordGrounds = (grounds: readonly Ground[]): string => grounds.map(wordGround).join(', ');

/** Whether two sockets are known in one way, of whichever container. */
export const areAlike = (one: readonly Ground[], other: readonly Ground[]): boolean =>
  one.length === other.length && one.every((ground, index) => isAlike(ground, other[index]!));

function isAlike(one: Ground, other: Ground): boolean {
  if ('fact' in one)
    return 'fact' in other && one.fact === other.fact && one.role === other.role && one.usual === other.usual;
  if (one.kind === 'log')
    return other.kind === 'log' && one.line.path === other.line.path && one.line.number === other.line.number;
  return (
    one.kind === other.kind &&
    'written' in one &&
    'written' in other &&
    isSameSetting(one.written, other.written)
  );
}

export const factGround = (
  fact: ImageFact | FrameworkFact,
  role: 'default' | 'reads' | 'loopback' | 'hostname',
  usual?: number,
): Ground => ({ kind: kindOf(fact), fact, role, usual });

/** A setting of a port, whoever wins over it. */
export const settingGround = (written: WrittenSetting, at: Location): Ground => ({
  kind: written.is,
  decides: 'port',
  written,
  at,
});

/** Facts that the user's own configuration gives are told apart from ours. */
function kindOf(fact: ImageFact | FrameworkFact): 'image-fact' | 'framework-fact' | 'configuration' {
  if (!('match' in fact)) return 'framework-fact';
  return fact.isConfigured ? 'configuration' : 'image-fact';
}
