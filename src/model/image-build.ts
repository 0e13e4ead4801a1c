import type { SourceFile } from '../text/source.ts';

/** How an image comes about, as a compose file says it: what `docker build` would be told. */
export interface ImageBuild {
  /** What manifests call it. */
  readonly image: string;
  /** The Dockerfile, which may stand in the compose file itself. */
  readonly source: SourceFile;
  /** The stage that is built; the last one when left out. */
  readonly target: string | undefined;
  /** Values of ARG. */
  readonly args: ReadonlyMap<string, string>;
}
