import type { Protocol } from '../model/protocol.ts';

/** What is known of one container image, with where it was read. The table itself is data: images.json. */
export interface ImageFact {
  /** Short name for people: `audiobookshelf`. */
  readonly id: string;
  /** Image references without tag and digest, as people write them: `nginx`, `ghcr.io/advplyr/audiobookshelf`. */
  readonly match: readonly string[];
  /** Ports of the image as shipped, before any variable or flag; the first one is the main one. */
  readonly ports: readonly FactPort[];
  /** `yes`: a variable named PORT moves the main port. `no`: it is not read. Anything else is said in `notes`. */
  readonly honoursPort: 'yes' | 'no' | 'template-only' | 'other-meaning';
  /** Names of the program in `command`, so that flags can still be read when the command is written out. */
  readonly programs: readonly string[];
  /** Directories or files whose replacement by a mount may move a port. */
  readonly configPaths: readonly string[];
  /** True when no argument outside `flags` of `ports` can move, add or close a port. */
  readonly otherArgsHarmless: boolean;
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
  /** Present only under some setting that is not followed: its absence proves nothing. */
  readonly conditional?: boolean;
  readonly moves: {
    /** Variables that move it; later ones win. `address` is `host:port`, `:port` or a URL. */
    readonly env: readonly { readonly name: string; readonly form: 'port' | 'address' }[];
    /** Flags that move it; the last one on the line wins, and flags win over variables. */
    readonly flags: readonly { readonly name: string; readonly form: 'port' | 'address' }[];
  };
}
