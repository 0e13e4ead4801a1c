import type { Protocol } from '../model/protocol.ts';

/** `from memory` can raise a warning, never an error. */
export type FactStatus = 'verified' | 'partly verified' | 'from memory';

/**
 * Which addresses a program binds as it is shipped. `hostname`: the name in the variable HOSTNAME, which in a
 * container is the Pod's. `ipv6`: the socket of `[::]`, which needs IPv6 on the node.
 */
export type Bind = 'all' | 'loopback' | 'hostname' | 'ipv6';

/** What is known of one container image, with where it was read. The entries are data: facts/images/*.yaml. */
export interface ImageFact {
  /** The configuration of the run says it, and no table of ours. */
  readonly isConfigured?: true;
  /** Short name for people: `audiobookshelf`. */
  readonly id: string;
  /** Image references without tag and digest, as people write them: `nginx`, `ghcr.io/advplyr/audiobookshelf`. */
  readonly match: readonly string[];
  /** Parts of tags that name another program under the same name: `fpm` of `wordpress:6-fpm`. */
  readonly exceptTags?: readonly string[];
  /** Ports of the image as shipped, before any variable or flag; the first one is the main one. None: it says itself. */
  readonly ports: readonly FactPort[];
  /**
   * What was different in tags before a version, newest first: `{ before: '8', ports: […] }` holds for tags such as `7.0`
   * and `6`. A tag that begins with no number is taken for the newest.
   */
  readonly versions?: readonly FactVersion[];
  /**
   * `yes`: a variable named PORT moves the main port. `no`: it is not read, and nor is any other general name for a
   * listening port that `ports` and `otherVariables` leave out. Anything else is said in `notes`.
   */
  readonly honoursPort: 'yes' | 'no' | 'template-only' | 'other-meaning';
  /** Variables that can move, add or close a port in a way that is not followed. */
  readonly otherVariables?: readonly string[];
  /** Variables that look like a port to listen on, and are one to connect to or to print. */
  readonly misleadingVariables?: readonly MisleadingVariable[];
  /**
   * False where the source does not name all variables that move a port: then a variable that is set here, looks
   * like a port and is in no list leaves the answer open.
   */
  readonly variablesComplete: boolean;
  /** Variables that a Service's injected link of that name reaches (S-111, S-112). */
  readonly serviceLinks?: readonly ServiceLinkCollision[];
  /** Names of the program in `command`, so that flags can still be read when the command is written out. */
  readonly programs: readonly string[];
  /** Directories or files whose replacement by a mount may move a port. */
  readonly configPaths: readonly string[];
  /** The format of `configPaths`, where it is one that can be read. */
  readonly configFormat?: ConfigFormat;
  /**
   * Places where the program keeps settings of its own, ports among them: a volume from an earlier run can hold one
   * that no manifest shows.
   */
  readonly statePaths?: readonly string[];
  /** True when no argument outside `flags` of `ports` can move, add or close a port. */
  readonly otherArgsHarmless: boolean;
  /** Where not all are: those that are. `--level` with any value; `-g daemon off;` as two words; `-c work_mem=` as a start. */
  readonly harmlessArgs?: readonly string[];
  readonly bind: Bind;
  /** The file of the program has the capability NET_BIND_SERVICE: it binds ports below 1024 without being root. */
  readonly bindsLowPorts?: true;
  /** Ports on the left of the Compose mapping in the project's own documentation: never the container's. */
  readonly composeHostPorts?: readonly number[];
  readonly status: FactStatus;
  /** repo:path @ commit, repo#issue, or an address. Never empty unless `from memory`. */
  readonly source: readonly string[];
  readonly notes: string | null;
}

/** A program that people put into images of their own, known by how it is started: facts/frameworks.yaml. */
export interface FrameworkFact
  extends Pick<
    ImageFact,
    | 'id'
    | 'ports'
    | 'honoursPort'
    | 'otherVariables'
    | 'variablesComplete'
    | 'serviceLinks'
    | 'otherArgsHarmless'
    | 'harmlessArgs'
    | 'bind'
    | 'status'
    | 'source'
    | 'notes'
  > {
  /**
   * The words that start it, each a sequence that the command line begins with after wrappers are taken off: `vite`,
   * `next dev`, `python -m http.server`, `manage.py runserver`. Empty: nothing in a command line tells it.
   */
  readonly commands: readonly string[];
  /** What its bare arguments say: `runserver 0.0.0.0:8000`, `http.server 8000`. */
  readonly positional?: 'port' | 'address' | 'host' | 'none';
  /** Arguments that can move, add or close a port in a way that is not followed, or start something else. */
  readonly otherFlags?: readonly string[];
  /**
   * Files of the application that move the port where no flag does: `vite.config.js`. They are in the image, so a
   * manifest does not show them.
   */
  readonly configFiles?: readonly string[];
  /** True where it runs code of the user's, which can open ports of its own. */
  readonly runsApplication?: boolean;
}

export interface FactVersion
  extends Partial<Pick<ImageFact, 'ports' | 'honoursPort' | 'bind' | 'otherVariables' | 'source' | 'notes'>> {
  readonly before: string;
}

export interface MisleadingVariable {
  readonly name: string;
  /** After `it is`: `the port of the PostgreSQL server that it connects to`. */
  readonly means: string;
}

export interface ServiceLinkCollision {
  /** Name of the Service, as the manifest has it: `redis` injects REDIS_PORT. */
  readonly service: string;
  readonly variable: string;
  /** `crash`: it does not start. `wrong-port`: it listens elsewhere. `handled`: no harm in current versions. */
  readonly effect: 'crash' | 'wrong-port' | 'wrong-target' | 'handled' | 'unknown';
  /** Where it is documented; undefined where it only follows from the name. */
  readonly source?: string;
  /** What happens, in a phrase; for people. */
  readonly note?: string;
}

export type ConfigFormat =
  | 'nginx'
  | 'redis'
  | 'mongod'
  | 'mosquitto'
  | 'haproxy'
  | 'caddyfile'
  | 'postgresql'
  | 'spring'
  | 'grafana'
  | 'otel-collector'
  | 'traefik';

export interface FactPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly role: string;
  /** The protocol it speaks, where that is not HTTP without TLS: `Redis`, `gRPC`, `HTTPS`. */
  readonly speaks?: string;
  /** Where this socket is bound otherwise than the others: an admin API on loopback. */
  readonly bind?: Bind;
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
  /**
   * `address` is `host:port`, `:port` or a URL; `host` moves the address only, never the number; `list` is several
   * ports or URLs with `;` or `,` between, of which each opens a socket.
   */
  readonly form: 'port' | 'address' | 'host' | 'list';
  /** True for a flag that opens one more socket each time it is given. */
  readonly repeatable?: boolean;
  /** The address that goes with the number: PORT makes gunicorn bind 0.0.0.0 instead of loopback. */
  readonly bind?: Bind;
  /** Words that stand for an address or a port; the empty one is that of a flag given alone: vite's `--host`. */
  readonly meanings?: Readonly<Record<string, string>>;
}
