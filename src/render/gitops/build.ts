import type { HelmRoot } from '../helm/root.ts';
import type { KustomizeRoot } from '../kustomize/render.ts';
import type { WrittenFiles } from '../written.ts';
import type { ConfiguredValues } from './configured-values.ts';
import type { GitOpsObject } from './objects.ts';

/** What becomes of one object of a controller: builds, or a reason why there is none. */
export interface Build {
  skip(reason: string, help?: string): void;
  kustomize(folder: string, overlay: KustomizeRoot['overlay'], more: Partial<KustomizeRoot>): void;
  chart(
    folder: string,
    settings: HelmRoot['settings'],
    more: Pick<HelmRoot, 'release' | 'inline' | 'parameters' | 'isWithoutOwnValues'>,
  ): void;
}

/** What is known around the object. */
export interface Surroundings {
  /** The real path of the repository. */
  readonly tree: string;
  readonly written: WrittenFiles;
  readonly configured: ConfiguredValues;
  /** Whether a Git source of Flux is said to be another repository than the one of the cluster. */
  isElsewhere(object: GitOpsObject, sourceName: string | undefined): boolean;
}
