import type { Planned } from '../../sources/planned.ts';
import type { BuildCache } from '../build-cache.ts';
import type { HelmSettings } from '../options.ts';
import type { Renderer } from '../renderers.ts';
import type { WrittenFiles } from '../written.ts';
import type { Chart } from './chart.ts';
import type { InlineValues } from './inline-values.ts';

export interface HelmContext {
  readonly renderer: Renderer | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly home: string;
  readonly cache: BuildCache;
  readonly written: WrittenFiles;
  readonly allowRemote: boolean;
  readonly vary: boolean;
}

/** A chart to render, and how it is meant. */
export interface HelmRoot {
  readonly chart: Chart;
  readonly release: string;
  readonly settings: HelmSettings;
  /** Values that are written where it is asked for; they win over files. */
  readonly inline?: readonly InlineValues[] | undefined;
  readonly planned: Pick<Planned, 'path' | 'kind' | 'beside' | 'set'>;
  /** What is applied together with it; its own folder when left out. */
  readonly together?: string;
  /** Name of the object of a controller that applies it. */
  readonly by?: string;
  /** The user named it: not to render it is an error. */
  readonly isNamed: boolean;
}
