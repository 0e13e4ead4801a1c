import type { FactStatus } from './image-fact.ts';
import table from './log-lines.json' with { type: 'json' };

/** What a line that matches tells; only `listen` announces a socket. */
export type LogLineKind =
  | 'listen'
  | 'bind-error'
  | 'service-link-error'
  | 'loopback-hint'
  | 'bind-scope-hint'
  | 'no-port-hint'
  | 'upstream-error'
  | 'probe-error'
  | 'schedule-error';

/** How one program words one line of its log. The entries are data: facts/log-lines.yaml. */
export interface LogPattern {
  readonly id: string;
  /** The program, for people: `Django runserver`. */
  readonly product: string;
  readonly kind: LogLineKind;
  /** True for words that many programs print: they count only where no program's own line is found. */
  readonly generic?: boolean;
  /** For one line without colours; its groups are `port`, `host`, `bound`, `scheme` and `protocol`. */
  readonly regex: string;
  readonly flags?: string;
  /** For the whole line, with the same flags: where it matches, the line is about something else. */
  readonly unless?: string;
  /** What stands behind it for each further socket that the same line announces. */
  readonly more?: string;
  /** One of these stands in every line that the regex matches. */
  readonly words: readonly string[];
  /**
   * Which printed hosts are for people to click on, and say nothing of the address that is bound; `name`: the word
   * localhost alone.
   */
  readonly display?: 'loopback' | 'any' | 'name';
  /** True when a run announces one port with it, so that the last line counts. */
  readonly once?: boolean;
  /** True for a socket that no Service is for: an admin API, metrics beside the program. */
  readonly secondary?: boolean;
  /** True where it counts beside another pattern that knows the same line. */
  readonly beside?: boolean;
  /** True where a run prints it for every socket that serves, so that all others are closed. */
  readonly complete?: boolean;
  /** True where the program does not run on after it. */
  readonly ends?: boolean;
  /** The port that the program has unless told otherwise, where the line names none. */
  readonly usual?: number;
  /** Ids of image facts whose first port it announces. */
  readonly facts?: readonly string[];
  readonly status: FactStatus;
  /** repo:path @ commit or repo#issue; empty when `from memory`. */
  readonly source: readonly string[];
}

let parsed: readonly LogPattern[] | undefined;

/** All that the project knows, programs' own lines and shared ones as they stand in the data. */
export function logPatterns(): readonly LogPattern[] {
  parsed ??= JSON.parse(table.patterns) as readonly LogPattern[];
  return parsed;
}
