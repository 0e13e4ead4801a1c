import { dirname, resolve } from 'node:path';
import { dnsLabel } from '../dns-label.ts';
import type { RenderOptions } from '../options.ts';
import { isWithin } from '../renderers.ts';
import type { WrittenFiles } from '../written.ts';
import { readChart } from './chart.ts';
import type { HelmRoot } from './root.ts';

/** The charts that do not lie in the `charts/` of another. */
export function planCharts(
  { found, paths, cwd, helm = {} }: Pick<RenderOptions, 'found' | 'paths' | 'cwd' | 'helm'>,
  written: WrittenFiles,
): HelmRoot[] {
  const named = new Set(
    (paths.length > 0 ? paths : ['.']).map((path) => {
      const absolute = resolve(cwd, path);
      return absolute.endsWith('/Chart.yaml') ? dirname(absolute) : absolute;
    }),
  );
  const roots = found.charts.filter(
    (folder) =>
      named.has(folder) || !found.charts.some((other) => isWithin(folder, resolve(other, 'charts'))),
  );
  return roots.map((folder) => {
    const chart = readChart(folder, written.treeOf(folder), written);
    const beside = chart.valuesBeside.map((path) => written.shown(path));
    return {
      chart,
      release: helm.release ?? releaseName(chart.name),
      settings: helm,
      planned: {
        path: written.shown(folder),
        kind: 'helm',
        ...(beside.length > 0 ? { beside } : {}),
      },
      isNamed: named.has(folder),
    };
  });
}

/** What Helm takes for a name: at most 53 characters, as a DNS label. */
export const releaseName = (text: string): string => dnsLabel(text, 53, 'release');
