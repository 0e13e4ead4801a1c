import type { Protocol } from '../model/protocol.ts';
import type { PortRole } from './port-role.ts';
import type { Speech } from './speech.ts';

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
  /** They are those of the image that this Dockerfile builds on, and leaves as it is. */
  readonly builtBy?: string;
  /** Short name for people: `audiobookshelf`. */
  readonly id: string;
  /**
   * Image references without tag and digest, as people write them: `nginx`, `ghcr.io/advplyr/audiobookshelf`. The last
   * part may end in `*`: `jlesage/*`; a name that another fact has in full is that one's.
   */
  readonly match: readonly string[];
  /** Parts of tags that name another program under the same name: `fpm` of `wordpress:6-fpm`. */
  readonly exceptTags?: readonly string[];
  /** Ports of the image as shipped, before any variable or flag; the first one is the main one. None: it says itself. */
  readonly ports: readonly FactPort[];
  /**
   * What is different in some versions, newest first: `{ before: '8', ports: […] }` holds for tags such as `7.0` and `6`.
   * A tag that begins with no number is taken for the newest; where two hold, the later one does.
   */
  readonly versions?: readonly FactVersion[];
  /** What is different in tags that contain a part, on top of the version: `-management` of `rabbitmq`. */
  readonly variants?: readonly FactVariant[];
  /** The first arguments that say what the program does, and what each opens. */
  readonly subcommands?: readonly Subcommand[];
  /** What happens without any of them; undefined where the image itself names one or needs none. */
  readonly withoutSubcommand?: 'nothing';
  /**
   * `yes`: a variable named PORT moves the main port. `no`: it is not read, and nor is any other general name for a
   * listening port that `ports` and `otherVariables` leave out. Anything else is said in `notes`.
   */
  readonly honoursPort: 'yes' | 'no' | 'template-only' | 'other-meaning';
  /** Variables that can move, add or close a port in a way that is not followed. */
  readonly otherVariables?: readonly string[];
  /** Arguments that can move, add or close a port in a way that is not followed. */
  readonly otherFlags?: readonly string[];
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
  /** USER of the image: a number or a name; undefined where nobody looked. */
  readonly user?: number | string;
  /** The file of the program has the capability NET_BIND_SERVICE: it binds ports below 1024 without being root. */
  readonly bindsLowPorts?: true;
  /** Ports on the left of the Compose mapping in the project's own documentation: never the container's. */
  readonly composeHostPorts?: readonly number[];
  readonly status: FactStatus;
  /** The day on which somebody last held it against its source: `2026-11-29`. */
  readonly checked: string;
  /** Nobody has looked at it for 18 months before the newest of the table: it can raise a warning, never an error. */
  readonly isOld?: true;
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
    | 'otherFlags'
    | 'bind'
    | 'status'
    | 'checked'
    | 'isOld'
    | 'source'
    | 'notes'
  > {
  /**
   * The words that start it, each a sequence that the command line begins with after wrappers are taken off: `vite`,
   * `next dev`, `python -m http.server`, `manage.py runserver`. `-Dquarkus.`: what flags begin with that tell it whatever
   * the program is called. Empty: nothing in a command line tells it.
   */
  readonly commands: readonly string[];
  /** What its bare arguments say: `runserver 0.0.0.0:8000`, `http.server 8000`. */
  readonly positional?: 'port' | 'address' | 'host' | 'none';
  /**
   * Files of the application that move the port where no flag does: `vite.config.js`. They are in the image, so a
   * manifest does not show them.
   */
  readonly configFiles?: readonly string[];
  /**
   * Which defaults count as known where the Pod says nothing else: what the image could say against them hardly ever
   * does. Any other default proves nothing, as ENV or a file of the application moves it in many images.
   */
  readonly firmDefaults?: readonly ('port' | 'address')[];
  /**
   * Variables whose value is read as arguments that stand before those of the command line, and so lose to them:
   * `GUNICORN_CMD_ARGS`.
   */
  readonly argumentVariables?: readonly string[];
  /** True where a flag has its value behind `=` only: `--server.port 81` says nothing to Spring. */
  readonly joinedValues?: true;
  /** It starts a program that its own arguments name, as `java -jar shop.jar` does. */
  readonly launches?: Launcher;
  /** What arguments begin with that, given a value behind `=`, may open a port besides: `-javaagent:`. */
  readonly opensBeside?: readonly string[];
  /** True where it runs code of the user's, which can open ports of its own. */
  readonly runsApplication?: boolean;
}

export interface Launcher {
  /** What its own flags begin with: behind the name of the program they are that program's arguments, and mean nothing. */
  readonly own: string;
  /** Its flags whose value is the next word, so that this word is no program. */
  readonly valued: readonly string[];
}

/** What a version, a variant or a subcommand says otherwise than the rest. */
type Otherwise = Partial<
  Pick<
    ImageFact,
    | 'ports'
    | 'programs'
    | 'honoursPort'
    | 'bind'
    | 'otherVariables'
    | 'configPaths'
    | 'user'
    | 'bindsLowPorts'
    | 'source'
    | 'notes'
    | 'subcommands'
    | 'withoutSubcommand'
    | 'serviceLinks'
  >
>;

export interface FactVersion extends Otherwise {
  /** The first version that it holds for. */
  readonly since?: string;
  /** The first version that it no longer holds for. */
  readonly before?: string;
}

export interface FactVariant extends Otherwise {
  /** Parts of tags, any of which makes it this variant. */
  readonly tags: readonly string[];
}

export interface Subcommand
  extends Omit<
      Otherwise,
      'subcommands' | 'withoutSubcommand' | 'serviceLinks' | 'user' | 'bindsLowPorts' | 'configPaths'
    >,
    Partial<Pick<ImageFact, 'harmlessArgs' | 'otherArgsHarmless'>> {
  /** The words for it: the first argument that is no flag, or the name of the program that is started. */
  readonly names: readonly string[];
}

/** Versions that have it. `unknown`: seen in the newest, and nobody looked since when. */
export interface SinceVersion {
  readonly since?: string;
  readonly before?: string;
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
  | 'traefik'
  | 'corefile'
  | 'rabbitmq'
  | 'loki'
  | 'httpd';

export interface FactPort extends SinceVersion {
  readonly port: number;
  readonly protocol: Protocol;
  readonly role: PortRole;
  /** What people call it, where the role is too coarse: `management plugin with TLS`. */
  readonly about?: string;
  /** The protocol it speaks, where that is not HTTP without TLS: `Redis`, `gRPC`, `HTTPS`. */
  readonly speaks?: Speech;
  /** Where this socket is bound otherwise than the others: an admin API on loopback. */
  readonly bind?: Bind;
  /** Present only under some setting that is not followed: its absence proves nothing. */
  readonly conditional?: boolean;
  /** Closed until a variable or flag gives it a number; `port` is then only the usual one. */
  readonly closed?: boolean;
  /** Closed until one of these is true: variables, and flags, which may stand alone. Each is read as a switch. */
  readonly opensWith?: readonly string[];
  /**
   * It answers plain HTTP with a redirect to HTTPS, on the same port, until one of these variables or flags is true:
   * then it speaks HTTP alone.
   */
  readonly plainWith?: readonly string[];
  /** Files or directories whose replacement by a mount may move this port and no other. */
  readonly configPaths?: readonly string[];
  readonly moves: {
    /** Variables that move it; later ones win. */
    readonly env: readonly Setting[];
    /** Flags that move it; the last one on the line wins, and flags win over variables. */
    readonly flags: readonly Setting[];
  };
}

export interface Setting extends SinceVersion {
  readonly name: string;
  /**
   * `address` is `host:port`, `:port` or a URL; `host` moves the address only, never the number; `list` is several
   * ports or URLs with `;` or `,` between, of which each opens a socket; `listen` is a list as nginx has it, with words such
   * as `ssl` behind each address.
   */
  readonly form: 'port' | 'address' | 'host' | 'list' | 'listen';
  /** True for a flag that opens one more socket each time it is given. */
  readonly repeatable?: boolean;
  /** The address that goes with the number: PORT makes gunicorn bind 0.0.0.0 instead of loopback. */
  readonly bind?: Bind;
  /** What its values begin with, where others of the same flag say something else: `port=` of `postgres -c port=5433`. */
  readonly prefix?: string;
  /** `weak` goes behind whatever else says it, `strong` before: Storybook takes its variable over its flag. */
  readonly rank?: 'weak' | 'strong';
  /** The ports of addresses that say none, by their scheme; the empty one is that of an address without a scheme. */
  readonly portless?: Readonly<Record<string, number>>;
  /** To Kestrel a name is every address. */
  readonly hosts?: 'names';
  /**
   * Words that stand for an address or a port; the empty one is that of a flag given alone: vite's `--host`. `*`: any
   * other.
   */
  readonly meanings?: Readonly<Record<string, string>>;
}
