import { resolve } from 'node:path';
import type { RenderOptions, RenderSettings } from '../render/options.ts';
import { type FoundRoots, findRoots } from '../sources/find-roots.ts';
import type { IgnoreFiles } from '../sources/ignore-files.ts';
import { readNamedFile } from '../sources/read-file.ts';
import type { Brought } from './input.ts';

const NONE: FoundRoots = { kustomizations: [], charts: [], compose: [], composeBeside: [], files: [] };
const NOTHING: Brought = { sources: [], errors: [] };

/** Beyond this, a folder holds manifests, and not what tells a controller where they lie. */
const MOST_FILES = 500;

const CONTROLLERS = /fluxcd\.io\/|argoproj\.io\//;

/** Whether one of these files may tell Flux or Argo CD of a folder that lies elsewhere in the repository. */
const tellsController = (files: readonly string[]): boolean =>
  files.length <= MOST_FILES &&
  files.some((file) => {
    const decoded = readNamedFile(file, '');
    return 'text' in decoded && CONTROLLERS.test(decoded.text);
  });

/** Dockerfiles are read by what reads images, which most runs do without. */
async function portsOfBuilds(
  knownPorts: RenderOptions['knownPorts'],
): Promise<RenderOptions['exposedPorts']> {
  const { exposedPorts } = await import('../images/look-up.ts');
  return (build) => exposedPorts(build, knownPorts);
}

/** What renderers make of the kustomizations and charts among the paths. They are loaded only where there is one. */
export async function bringRendered(
  paths: readonly string[],
  settings: RenderSettings,
  context: Pick<RenderOptions, 'cwd' | 'env' | 'knownPorts'>,
  ignoreFiles: IgnoreFiles,
): Promise<Brought> {
  const forced = [...(settings.kustomizations ?? []), ...(settings.charts ?? [])];
  const plain = paths.length === 0 && forced.length === 0 ? ['.'] : paths;
  const there = plain.length > 0 ? findRoots(plain, context.cwd, ignoreFiles) : NONE;
  const absolute = (folders: readonly string[] = []): string[] =>
    folders.map((one) => resolve(context.cwd, one));
  const found = {
    ...there,
    kustomizations: [...new Set([...there.kustomizations, ...absolute(settings.kustomizations)])],
    charts: [...new Set([...there.charts, ...absolute(settings.charts)])],
  };
  const { kustomizations, charts, compose, composeBeside } = found;
  const hasRoots = [kustomizations, charts, compose, composeBeside].some((roots) => roots.length > 0);
  if (!hasRoots && !tellsController(found.files)) return NOTHING;
  const { render } = await import('../render/render.ts');
  const exposedPorts = compose.length > 0 ? await portsOfBuilds(context.knownPorts) : () => [];
  return render({ ...settings, ...context, exposedPorts, paths: [...plain, ...forced], found });
}
