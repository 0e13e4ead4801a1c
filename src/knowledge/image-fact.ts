import type { Protocol } from '../model/protocol.ts';

/** What is known of one container image, with where it was read. The table itself is data: images.json. */
export interface ImageFact {
  /** Short name for people: `audiobookshelf`. */
  readonly id: string;
  /** Image references without tag and digest, as people write them: `nginx`, `ghcr.io/advplyr/audiobookshelf`. */
  readonly match: readonly string[];
  /** Parts of tags that name another program under the same name: `fpm` of `wordpress:6-fpm`. */
  readonly exceptTags?: readonly string[];
  /** Ports of the image as shipped, before any variable or flag; the first one is the main one. */
  readonly ports: readonly FactPort[];
  /**
   * `yes`: a variable named PORT moves the main port. `no`: it is not read, and nor is any other general name for a
   * listening port that `ports` and `otherVariables` leave out. Anything else is said in `notes`.
   */
  readonly honoursPort: 'yes' | 'no' | 'template-only' | 'other-meaning';
  /** Variables that can move, add or close a port in a way that is not followed. */
  readonly otherVariables?: readonly string[];
  /** Names of the program in `command`, so that flags can still be read when the command is written out. */
  readonly programs: readonly string[];
  /** Directories or files whose replacement by a mount may move a port. */
  readonly configPaths: readonly string[];
  /**
   * Places where the program keeps settings of its own, ports among them: a volume from an earlier run can hold one
   * that no manifest shows.
   */
  readonly statePaths?: readonly string[];
  /** True when no argument outside `flags` of `ports` can move, add or close a port. */
  readonly otherArgsHarmless: boolean;
  /** Where not all are: those that are. `--level` with any value; `-g daemon off;` as two words; `-c work_mem=` as a start. */
  readonly harmlessArgs?: readonly string[];
  readonly loopback: boolean;
  /** `from memory` can raise a warning, never an error. */
  readonly status: 'verified' | 'partly verified' | 'from memory';
  /** repo:path @ commit, repo#issue, or an address. Never empty unless `from memory`. */
  readonly source: readonly string[];
  readonly notes: string | null;
}

export interface FactPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly role: string;
  /** The protocol it speaks, where that is not HTTP without TLS: `Redis`, `gRPC`, `HTTPS`. */
  readonly speaks?: string;
  /** Present only under some setting that is not followed: its absence proves nothing. */
  readonly conditional?: boolean;
  /** Closed until a variable or flag gives it a number; `port` is then only the usual one. */
  readonly closed?: boolean;
  readonly moves: {
    /** Variables that move it; later ones win. */
    readonly env: readonly Setting[];
    /** Flags that move it; the last one on the line wins, and flags win over variables. */
    readonly flags: readonly Setting[];
  };
}

export interface Setting {
  readonly name: string;
  /** `address` is `host:port`, `:port` or a URL; `host` moves the address only, never the number. */
  readonly form: 'port' | 'address' | 'host';
  /** True for a flag that opens one more socket each time it is given. */
  readonly repeatable?: boolean;
}
