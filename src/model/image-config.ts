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
}
