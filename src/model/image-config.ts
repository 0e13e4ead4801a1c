/**
 * What an image says of itself: the configuration of an OCI image, or as much of it as a Dockerfile tells. The
 * runtime starts ENTRYPOINT and CMD unless `command` and `args` replace them (S-105), and ENV lies below everything
 * that the kubelet sets (S-092).
 */
export interface ImageConfig {
  /** Where it was read, for people: `Dockerfile`, `docker.io/library/nginx@sha256:…`. */
  readonly from: string;
  /** It is what a Dockerfile tells; else the configuration of an image that was built. */
  readonly isDockerfile?: true;
  /** ENV, in order. */
  readonly env: ReadonlyMap<string, string>;
  /** Undefined: the image has none, or it is not known; see `complete`. */
  readonly entrypoint: readonly string[] | undefined;
  readonly cmd: readonly string[] | undefined;
  /** USER as written: `node`, `1000:1000`; undefined for none. */
  readonly user: string | undefined;
  /** EXPOSE. A declaration like containerPort: no proof that anything listens. */
  readonly exposed: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' | 'SCTP' }[];
  /** False where a part is not known: a Dockerfile's base image that nobody has read. */
  readonly complete: boolean;
  /** The image that a Dockerfile builds on, when its own configuration is not known. */
  readonly base: string | undefined;
  /** What a Dockerfile makes of an image; undefined where it begins with nothing, or with what only the build knows. */
  readonly madeOf?: MadeOf;
}

/** An image that a Dockerfile builds on, and what the build changes of it beside its configuration. */
export interface MadeOf {
  /** As FROM names it: `nginx:1.27`. */
  readonly image: string;
  /** ENTRYPOINT or CMD say anew what is started. */
  readonly startsAnew: boolean;
  /** RUN can change every file. */
  readonly runs: boolean;
  /** Absolute paths that COPY and ADD write to; `/` for one that is not known. */
  readonly places: readonly string[];
}
