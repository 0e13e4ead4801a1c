import { signal } from '@preact/signals';
import type { ReportLocation } from '../report/report.ts';
import { index } from './data.ts';

/** Where the page has an editor of its own, what goes there. */
export const toEditor = signal<((location: ReportLocation) => void) | undefined>(undefined);

/**
 * Opens a file of this machine in the editor of whoever reads; undefined where no folder is known, or the source is no
 * file. The scheme is always ours, and nothing of the path is more than a path.
 */
export function editorHref({ path, line, column }: ReportLocation): string | undefined {
  const { folder, report } = index.value.data;
  if (folder === undefined || !report.sources.some((one) => one.path === path && one.kind === 'file'))
    return undefined;
  const full = path.startsWith('/') ? path : `${folder}/${path}`;
  const way = full.split(/[\\/]/).map(encodeURIComponent).join('/');
  return `vscode://file/${way.replace(/^\/+/, '')}:${line}:${column}`;
}
