import { groupOf } from './kind.ts';
import type { Protocol } from './protocol.ts';

/**
 * What somebody saw of the thing that runs: pure data, whoever brings it. It enters the graph when that is built, and
 * outweighs whatever was declared or inferred.
 */
export interface Observation {
  readonly subject: Subject;
  /** When, as RFC 3339; undefined where nobody knows, as of a log that lies in a file. */
  readonly at?: string | undefined;
  /** What a person can run to see the same, in full. */
  readonly command?: string | undefined;
  readonly what: Seen;
}

/**
 * Whose it is: a workload, a Pod or whatever else made it, a Service, a route, a Gateway. A part that is left out
 * fits any. What a Pod was seen to do is told of the workload that made it, where the Pod or its owner is in the input.
 */
export interface Subject {
  /** As manifests spell it: `Deployment`, `Pod`, `Service`, `HTTPRoute`. */
  readonly kind?: string | undefined;
  /** Of the API, empty for the core group; for kinds that several APIs have. */
  readonly group?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** Only where it is one container's: a log, a state. The containers of a Pod share its sockets. */
  readonly container?: string | undefined;
}

export type Seen =
  | SeenSockets
  | SeenLog
  | SeenConnection
  | SeenEndpoints
  | SeenCondition
  | SeenEvent
  | SeenContainer
  | SeenLoadBalancer;

/** The listening sockets of one Pod, as `/proc/net/tcp` and its like list them; subject: the workload or the Pod. */
export interface SeenSockets {
  readonly kind: 'sockets';
  readonly listening: readonly Socket[];
  /** Protocols whose list is all of it, so that a port that is not in it is closed; none for what was picked out. */
  readonly all: readonly Protocol[];
}

export interface Socket {
  /** As the kernel has it: `0.0.0.0`, `127.0.0.1`, `::`, `::ffff:10.0.0.7`; without brackets. */
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** The log of one container; lines are looked for announcements and failures. Subject: with a container. */
export interface SeenLog {
  readonly kind: 'log';
  /** How people find it: `app.log`, `-`, `log of Pod shop/web-0`. */
  readonly path: string;
  readonly text: string;
  /** Of the container's run before this one, which ended: it tells why, and no longer what is open. */
  readonly previous?: boolean | undefined;
}

/**
 * One connection that was tried. Subject: for `pod` and `localhost` the workload or the Pod, for `service` the Service,
 * for `controller` the route, for `node` the Service of a nodePort or the workload of a hostPort, for `load-balancer` the
 * Service.
 */
export interface SeenConnection {
  readonly kind: 'connection';
  /**
   * Where it was dialled: the Pod's address, localhost inside the Pod (as a port-forward does), the Service, the
   * controller in front of a route, a node, or the load balancer of a Service.
   */
  readonly dialled: 'pod' | 'localhost' | 'service' | 'controller' | 'node' | 'load-balancer';
  /** Another Pod, which NetworkPolicies may keep out; else the API server, the node, or a client outside. */
  readonly from?: 'pod' | undefined;
  /** The port that was dialled: of the Pod, of the Service, of the controller, of the node. */
  readonly port: number;
  /** Of the node or the load balancer. */
  readonly address?: string | undefined;
  /** For a node or a load balancer: the port of the Service, or for a hostPort that of the Pod, that it leads to. */
  readonly behind?: number | undefined;
  readonly protocol: Protocol;
  /** What the controller was asked for. */
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly answer: Answer;
}

export type Answer =
  /** `by`: who answered, where that shows: a controller has a 404, 502 and 503 of its own. */
  | { readonly kind: 'http'; readonly status: number; readonly by?: 'controller' | 'application' | undefined }
  /** It speaks TLS, whatever inside. */
  | { readonly kind: 'tls' }
  /** It took the connection, and spoke nothing that is known. */
  | { readonly kind: 'tcp' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'timeout' };

/** What one EndpointSlice holds; subject: the Service. */
export interface SeenEndpoints {
  readonly kind: 'endpoints';
  /** The slice's name. */
  readonly slice: string;
  readonly ports: readonly SeenPort[];
  /** How many of its endpoints take traffic, and how many do not. */
  readonly ready: number;
  readonly notReady: number;
}

export interface SeenPort {
  /** The Service port's; empty for one without a name. */
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A condition in a status; subject: whatever has it. */
export interface SeenCondition {
  readonly kind: 'condition';
  /** `Ready`, `Accepted`, `ResolvedRefs`, `Programmed`. */
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  /** For a route's: the parent that says so, and its listener. */
  readonly parent?: { readonly subject: Subject; readonly sectionName?: string | undefined } | undefined;
}

/** An event of the cluster; subject: what it regards. */
export interface SeenEvent {
  readonly kind: 'event';
  readonly type: 'Normal' | 'Warning';
  /** `Unhealthy`, `FailedScheduling`, `BackOff`. */
  readonly reason: string;
  readonly message: string;
  readonly count?: number | undefined;
}

/** The state of one container; subject: with a container. */
export interface SeenContainer {
  readonly kind: 'container';
  readonly state: 'running' | 'waiting' | 'terminated';
  /** `CrashLoopBackOff`, `ImagePullBackOff`, `Error`. */
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly ready: boolean;
  readonly restarts: number;
  /** How its run before ended. */
  readonly last?:
    | {
        readonly reason?: string | undefined;
        readonly exitCode?: number | undefined;
        readonly message?: string | undefined;
      }
    | undefined;
}

/** What a Service's or a route's status says of its load balancer; subject: that one. */
export interface SeenLoadBalancer {
  readonly kind: 'load-balancer';
  /** IP addresses and host names; none while it is not there. */
  readonly addresses: readonly string[];
  readonly ports: readonly {
    readonly port: number;
    readonly protocol: Protocol;
    readonly error?: string | undefined;
  }[];
}

/** What `isOf` asks of a resource. */
interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export const isOf = ({ kind, group, namespace, name }: Subject, resource: Named): boolean =>
  (name ?? resource.name) === resource.name &&
  (kind ?? resource.kind) === resource.kind &&
  (namespace ?? resource.namespace) === resource.namespace &&
  (group === undefined || group === groupOf(resource.apiVersion));
