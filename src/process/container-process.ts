import type { ImageFact } from '../knowledge/image-fact.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Location } from '../text/source.ts';

/** One socket that the process of a container is known to open, and how that is known. */
export interface KnownListener {
  readonly port: number;
  readonly protocol: Protocol;
  /** True when it binds 127.0.0.1, ::1 or localhost only. */
  readonly loopback: boolean;
  /**
   * The whole reasoning in one phrase, for people: `PORT=3005 from ConfigMap media/abs-config, which the image
   * audiobookshelf reads; default 80`. Never holds the value of a Secret other than the port itself.
   */
  readonly because: string;
  /** The text that decides the number; undefined for an image's default. */
  readonly at: Location | undefined;
}

/** What is known of the sockets of one container's process. */
export interface ContainerProcess {
  readonly fact: ImageFact | undefined;
  readonly listeners: readonly KnownListener[];
  /**
   * True when the list is all of it: the image's facts are sourced and nothing in the container could add, move or
   * close a listener without our seeing it. Only then does absence prove anything.
   */
  readonly complete: boolean;
  /** Ports that it opens under settings that are not followed: their absence from `listeners` proves nothing. */
  readonly possible: readonly PossiblePort[];
  /** Why `complete` is false, one phrase each: `the image example/app is not in the table of image facts`. */
  readonly doubts: readonly string[];
  /** Port variables that are set here and that this image is known not to read. */
  readonly ignoredPortVariables: readonly IgnoredPortVariable[];
}

export interface PossiblePort {
  readonly port: number;
  readonly protocol: Protocol;
}

export interface IgnoredPortVariable {
  readonly name: string;
  readonly port: number;
  /** The text that sets the value: the env entry, or the ConfigMap's. */
  readonly at: Location;
  /** Where a person would say it is set: `env`, `ConfigMap media/abs-config`. */
  readonly from: string;
}
