import type { RequestOptions as HttpsOptions } from 'node:https';
import type { ListAnswer } from './http/list-items.ts';
import type { Json } from './json.ts';

/** How a cluster is found, as kubectl's flags have it. */
export interface ConnectOptions {
  /** A file; else those that `$KUBECONFIG` lists, else `~/.kube/config`, else the service account of the Pod that this runs in. */
  readonly kubeconfig?: string | undefined;
  /** The kubeconfig's current one when left out. */
  readonly context?: string | undefined;
  /** Whom to act as. */
  readonly as?: string | undefined;
  readonly asGroups?: readonly string[] | undefined;
  /** Of each request, its whole answer included; 0 for none; 30 seconds when left out. */
  readonly timeoutMs?: number | undefined;
  /** Requests in flight at once, connections to Pods included; 4 when left out. */
  readonly parallel?: number | undefined;
  /** Where `KUBECONFIG`, `HOME` and the like are looked for; the process's when left out. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Relative paths are relative to it; the process's when left out. */
  readonly cwd?: string | undefined;
  /** Ends whatever is in flight. */
  readonly signal?: AbortSignal | undefined;
}

/** An API server, and who asks it. */
export interface Cluster {
  /** The context's name; `in-cluster` for a Pod's own service account. */
  readonly name: string;
  /** The context's; undefined where it names none. */
  readonly namespace: string | undefined;
  /** Host and port, to be shown. */
  readonly host: string;
  /** What was asked so far, repetitions included. */
  readonly requests: number;

  /**
   * One request, whatever the status of its answer is.
   *
   * @throws ClusterError when there is no whole answer
   */
  request(path: string, options?: RequestOptions): Promise<Answer>;
  /**
   * An object of the API. Told to wait (429), it waits and asks again.
   *
   * @throws ClusterError for every status but 2xx, too
   */
  get(path: string, query?: Query, headers?: Readonly<Record<string, string>>): Promise<Json>;
  /**
   * A list, or a chunk of one, as `get` has it: its objects are parsed one by one.
   *
   * @throws ClusterError as `get` does
   */
  list(path: string, query?: Query): Promise<ListAnswer>;
  /** What opens a WebSocket to this path: exec, port-forward. */
  upgrade(path: string, query?: Query): Promise<Upgrade>;
  /** Waits until one of the `parallel` places is free, and gives it back when the work has ended. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Lets go of connections that are kept open. */
  close(): void;
}

/** Of a parameter that is given several times, as `command` of an exec, all of its values. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface RequestOptions {
  readonly query?: Query | undefined;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON, or as the content type that `headers` name. */
  readonly body?: Json | undefined;
  /** Bytes of the body, unpacked; 64 MiB when left out. */
  readonly most?: number | undefined;
  /** Take the first `most` bytes of a larger body; an error otherwise. */
  readonly cut?: boolean | undefined;
  /** In place of the connection's own. */
  readonly timeoutMs?: number | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** The body was longer. */
  readonly isCut: boolean;
}

export interface Upgrade {
  readonly url: URL;
  /** With credentials in them: they must show nowhere. */
  readonly options: HttpsOptions;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}
