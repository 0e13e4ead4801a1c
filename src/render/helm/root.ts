import type { Planned } from '../../sources/planned.ts';
import type { Bundle } from '../../text/source.ts';
import type { BuildCache } from '../build-cache.ts';
import type { HelmSettings } from '../options.ts';
import type { Renderer } from '../renderers.ts';
import type { WrittenFiles } from '../written.ts';
import type { Chart } from './chart.ts';
import type { InlineValues } from './inline-values.ts';
import type { Parameter } from './parameter.ts';

export interface HelmContext {
  readonly renderer: Renderer | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly home: string;
  /** Where what is staged for one run lies meanwhile. */
  readonly overlays: string;
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
  /** Single values that a controller sets; they win over all others. */
  readonly parameters?: readonly Parameter[] | undefined;
  /** Others take the place of the chart's `values.yaml`, which is not read. */
  readonly isWithoutOwnValues?: boolean;
  readonly planned: Pick<Planned, 'path' | 'kind' | 'beside' | 'set' | 'object'>;
  /** What is applied together with it; its own folder when left out. */
  readonly together?: Bundle;
  /** Name of the object of a controller that applies it. */
  readonly by?: string;
  /** Absolute folders that were built to get here, its own the last; its own alone when left out. */
  readonly folders?: readonly string[];
  /** The user named it: not to render it is an error. */
  readonly isNamed: boolean;
}
