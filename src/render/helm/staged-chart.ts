import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { closeOverlay, openOverlay } from '../overlay-folder.ts';

interface Staging {
  /** Absolute folder of the chart. */
  readonly chart: string;
  readonly isWithoutOwnValues: boolean;
  /** Where a folder for one run may be made. */
  readonly overlays: string;
}

/** Where Helm finds a chart for one run. */
interface StagedChart {
  readonly folder: string;
  close(): void;
}

/**
 * The chart's own folder, else one of links to all that it holds but `values.yaml`: what takes the place of these values
 * is not laid over them (`valuesFiles` of Flux), and Helm has no way to say so. Never throws.
 */
export function stagedChart({
  chart,
  isWithoutOwnValues,
  overlays,
}: Staging): StagedChart | { readonly failed: string } {
  if (!isWithoutOwnValues) return { folder: chart, close: () => {} };
  try {
    const made = openOverlay(overlays);
    const folder = join(made, 'chart');
    mkdirSync(folder);
    for (const name of readdirSync(chart))
      if (name !== 'values.yaml') symlinkSync(join(chart, name), join(folder, name));
    return { folder, close: () => closeOverlay(made) };
  } catch (error) {
    return { failed: `no folder for the chart without its values: ${(error as Error).message}` };
  }
}
