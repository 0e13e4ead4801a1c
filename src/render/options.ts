import type { ImageBuild } from '../model/image-build.ts';
import type { FoundRoots } from '../sources/find-roots.ts';

/** What a user says about rendering. */
export interface RenderSettings {
  /** Folders that are built as kustomizations, whatever else lies in them. */
  readonly kustomizations?: readonly string[] | undefined;
  /** Folders that are rendered as charts, whatever else lies in them. */
  readonly charts?: readonly string[] | undefined;
  /** Let renderers fetch bases and charts; they cannot otherwise. */
  readonly allowRemote?: boolean | undefined;
  /** Render charts in other ways as well. */
  readonly vary?: boolean | undefined;
  readonly helm?: HelmSettings | undefined;
  /** Told before each root, for whoever waits; once more when all are built. */
  readonly onRoot?: ((path: string, done: number, all: number) => void) | undefined;
}

/** As `helm template` has them. */
export interface HelmSettings {
  readonly release?: string | undefined;
  readonly namespace?: string | undefined;
  /** Files of values, relative to the working directory. */
  readonly values?: readonly string[] | undefined;
  /** `KEY=VALUE`. */
  readonly set?: readonly string[] | undefined;
  readonly kubeVersion?: string | undefined;
  readonly apiVersions?: readonly string[] | undefined;
}

export interface RenderOptions extends RenderSettings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folders and files that the user named, as given; the working directory where there is none. */
  readonly paths: readonly string[];
  /** What lies in them, by names. */
  readonly found: FoundRoots;
  /** TCP ports that an image is known to open as it is shipped, the main one first. */
  readonly knownPorts: (image: string) => readonly number[];
  /** Those that a Dockerfile exposes, or that are known of what it builds on. */
  readonly exposedPorts: (build: ImageBuild) => readonly number[];
}
