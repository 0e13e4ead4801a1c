import type { FrameworkFact, ImageFact, ServiceLinkCollision } from '../../knowledge/image-fact.ts';
import type { Container, Service, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { LocatedFault } from '../../text/fault.ts';
import type { Location } from '../../text/source.ts';
import type { Doubt } from './doubts/doubt.ts';
import type { Ground } from './grounds/ground.ts';
import type { WrittenSetting } from './grounds/written-setting.ts';
import type { MissingProof } from './missing-proof.ts';

/** One socket that the process of a container is known to open, and how that is known. */
export interface KnownListener {
  readonly port: number;
  readonly protocol: Protocol;
  readonly bind: ListenerBind;
  /**
   * What it speaks, where its configuration says so; `unknown` where that is another protocol than the image's own.
   * With a redirect it speaks both, and sends plain HTTP to HTTPS on the same port.
   */
  readonly speaks?: 'HTTP' | 'HTTPS' | 'HTTPS with redirect' | 'unknown' | undefined;
  /** Where the program has it by default, if a setting moved it. */
  readonly usual?: number | undefined;
  /** How it is known. Never holds the value of a Secret other than the port itself. */
  readonly grounds: readonly Ground[];
  /** Those that are told in a sentence, where the others only agree. */
  readonly told?: readonly Ground[] | undefined;
  /** The text that decides the number; undefined for an image's default. */
  readonly at: Location | undefined;
  /** The text that decides the address, where another one than that of the number does. */
  readonly boundAt?: Location | undefined;
  /** Why a socket on loopback may be bound to more. */
  readonly addressDoubt?: Doubt | undefined;
  /**
   * True where this socket is on loopback or, should its number be another after all, nowhere: whatever is not known of
   * the process does not open the port to others.
   */
  readonly neverOpen?: boolean | undefined;
  /** It was seen to take IPv6 alone, where its Pod has an address of IPv4. */
  readonly neverIpv4?: boolean | undefined;
  /** What was inferred in its place, of a socket that was seen. */
  readonly against?: KnownListener | undefined;
}

/**
 * Who reaches a socket. `loopback`: processes of the same Pod. `hostname`: whoever dials the Pod's address, not
 * localhost. `ipv4`, `ipv6`: it is bound to 0.0.0.0 or `::` in words; `all`: every address, as the program has it.
 */
export type ListenerBind = 'all' | 'ipv4' | 'ipv6' | 'loopback' | 'hostname';

/** What is known of the sockets of one container's process. */
export interface ContainerProcess {
  /** The facts it rests on: of its image, or of the framework that its command line starts. */
  readonly fact: ImageFact | FrameworkFact | undefined;
  readonly listeners: readonly KnownListener[];
  /**
   * True when the list is all of it: the image's facts are sourced and nothing in the container could add, move or
   * close a listener without our seeing it. Only then does absence prove anything.
   */
  readonly complete: boolean;
  /** Ports that it opens under settings that are not followed: their absence from `listeners` proves nothing. */
  readonly possible: readonly PossiblePort[];
  /**
   * Ports that it certainly does not serve to other Pods, whether or not the list of its listeners is complete: it
   * was seen.
   */
  readonly closed?: readonly ClosedPort[];
  /** Ports that it tried to have and that somebody else of its Pod had: it was seen. */
  readonly taken?: readonly ClosedPort[];
  /** Protocols of which all sockets were seen, so that any port besides the listeners is closed, and how. */
  readonly closedElse?: ReadonlyMap<Protocol, Ground>;
  /**
   * Why a port that is not among the listeners may be open where something dials one of them too: the code that it
   * runs opens what its author knows of. Undefined where the container declares its ports.
   */
  readonly mayOpenMore?: Doubt | undefined;
  /** What threw while it was looked at. */
  readonly faults?: readonly LocatedFault[];
  /** Why `complete` is false: what a proof lacks. */
  readonly missing: readonly MissingProof[];
  /** Port variables that are set here and that this image is known not to read. */
  readonly ignoredPortVariables: readonly IgnoredPortVariable[];
  /** Port variables that are set here and mean something else in this image, than a port to listen on. */
  readonly misunderstood: readonly MisunderstoodVariable[];
  /** Settings of a port that are written down and have no effect, as another one wins. */
  readonly overridden: readonly OverriddenSetting[];
  /** Variables that the process reads and that a Service of the namespace sets, as nothing in the Pod does (S-112). */
  readonly serviceLinks: readonly InjectedVariable[];
}

/** A port that was seen to be closed, or open to the Pod's own loopback only. */
export interface ClosedPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly grounds: readonly Ground[];
}

export type ProcessOf = (workload: Workload, container: Container) => ContainerProcess;

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

export interface MisunderstoodVariable extends IgnoredPortVariable {
  /** After `it is`: `the port of the PostgreSQL server that it connects to`. */
  readonly means: string;
}

export interface OverriddenSetting {
  /** The setting, or the line of a mounted file. */
  readonly said: readonly Ground[];
  readonly port: number;
  readonly at: Location;
  /** What wins. */
  readonly by: { readonly said: WrittenSetting; readonly port: number | undefined; readonly at: Location };
}

export interface InjectedVariable {
  readonly collision: ServiceLinkCollision;
  /** The Service whose link it is, and what the kubelet puts there. */
  readonly service: Service;
  readonly value: string;
}
