import { resolve } from 'node:path';
import type { RenderSettings } from '../render/options.ts';
import { type FoundRoots, findRoots } from '../sources/find-roots.ts';
import type { Brought } from './input.ts';

const NONE: FoundRoots = { kustomizations: [], charts: [], compose: [], composeBeside: [], files: [] };
const NOTHING: Brought = { sources: [], errors: [] };

/** What renderers make of the kustomizations and charts among the paths. They are loaded only where there is one. */
export async function bringRendered(
  paths: readonly string[],
  settings: RenderSettings,
  context: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Brought> {
  const forced = [...(settings.kustomizations ?? []), ...(settings.charts ?? [])];
  const plain = paths.length === 0 && forced.length === 0 ? ['.'] : paths;
  const there = plain.length > 0 ? findRoots(plain, context.cwd) : NONE;
  const absolute = (folders: readonly string[] = []): string[] =>
    folders.map((one) => resolve(context.cwd, one));
  const found = {
    ...there,
    kustomizations: [...new Set([...there.kustomizations, ...absolute(settings.kustomizations)])],
    charts: [...new Set([...there.charts, ...absolute(settings.charts)])],
  };
  const { kustomizations, charts, compose, composeBeside } = found;
  if ([kustomizations, charts, compose, composeBeside].every((roots) => roots.length === 0)) return NOTHING;
  const { render } = await import('../render/render.ts');
  return render({ ...settings, ...context, paths: [...plain, ...forced], found });
}
