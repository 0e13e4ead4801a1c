import type { Protocol } from '../model/protocol.ts';

/**
 * One socket that a process is said to open, read from its command line, its environment or a configuration
 * file. Where it was said is a half-open range of UTF-16 offsets into the text that was read, so that the
 * caller can mark it.
 */
export interface Listener {
  readonly port: number;
  readonly protocol: Protocol;
  /**
   * The address as written: `0.0.0.0`, `::`, `127.0.0.1`, `localhost`, a host name.
   * `undefined` when only a port was given, so the program's own default applies.
   */
  readonly host: string | undefined;
  /** What was read, in the words of its author: `--port=3000`, `listen 8080`, `bind *:443`. */
  readonly said: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What one source of configuration says about the sockets of a process.
 *
 * `complete` is true when nothing in the source could add, move or close a listener that is not in the list.
 * An unknown directive, an unresolved variable or an include that was not given makes it false: the answer
 * then proves nothing about ports that are absent.
 */
export interface Listening {
  readonly listeners: readonly Listener[];
  readonly complete: boolean;
  /** Why `complete` is false, one sentence for a person; empty when it is true. */
  readonly doubts: readonly string[];
}
