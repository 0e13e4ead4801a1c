import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ChangedSource } from '../engine/near/change.ts';
import { type CollectOptions, collectFiles } from '../sources/collect.ts';
import { displayPath } from '../sources/display-path.ts';
import { FileSource } from '../sources/file-source.ts';
import { isInside } from '../sources/inside.ts';
import type { Planned } from '../sources/planned.ts';
import type { SourceFile } from '../text/source.ts';

interface LastSources {
  /** By path, as it is shown. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** What was asked for: files and folders. */
  readonly asked: readonly string[];
  readonly cwd: string;
  /** What was made of which folder. */
  readonly plan: readonly Planned[];
  readonly ignoreFiles: CollectOptions['ignoreFiles'];
}

/** More of them come with a branch that somebody goes to, and are read with everything else. */
const MOST = 50;

/** What it is to a folder that it lies in concerns every file beside it. */
const OF_A_FOLDER = /^(?:Chart\.ya?ml|kustomization\.ya?ml|Kustomization|\.(?:git|portolan)ignore)$/;

/**
 * The sources behind absolute paths of files and folders that changed, came or went.
 *
 * @returns undefined where anything of it is no source, or was read otherwise than by its path
 */
export function changedSources(
  paths: readonly string[],
  last: LastSources,
): readonly ChangedSource[] | undefined {
  const changed = new Map<string, ChangedSource>();
  for (const path of paths) {
    const found = OF_A_FOLDER.test(basename(path)) ? undefined : behind(path, last);
    if (!found) return undefined;
    for (const one of found) changed.set((one.before ?? one.after)!.path, one);
    if (changed.size > MOST) return undefined;
  }
  return changed.size > 0 ? [...changed.values()] : undefined;
}

function behind(path: string, last: LastSources): readonly ChangedSource[] | undefined {
  const known = last.sources.get(displayPath(path, last.cwd));
  if (known) return again(known);
  if (!existsSync(path)) return isBuilt(path, last) ? undefined : within(path, last);
  const come = arrived(path, last);
  if (!come || !statSync(path).isDirectory()) return come?.length === 0 ? undefined : come;
  const stay = within(path, last);
  return stay && [...stay, ...come];
}

/** Whether something is made of what lies there, or around it. */
const isBuilt = (path: string, { plan, cwd }: LastSources): boolean =>
  plan.some((one) => {
    const root = resolve(cwd, one.path);
    return isInside(root, path) || (one.kind !== 'compose' && isInside(path, root));
  });

function again(before: SourceFile): readonly ChangedSource[] | undefined {
  if (!(before instanceof FileSource)) return undefined;
  const after = before.reread();
  if (!after && OF_CONTROLLERS.test(before.text)) return undefined;
  return after || !existsSync(before.file) ? [{ before, after }] : undefined;
}

/** The sources of a folder that is not there any more. */
function within(folder: string, { sources, cwd }: LastSources): readonly ChangedSource[] | undefined {
  const found = [...sources.values()].filter(({ path }) => isInside(resolve(cwd, path), folder));
  if (found.length > MOST) return undefined;
  const all = found.map(again);
  return all.every((one) => one !== undefined) ? all.flat() : undefined;
}

/** What a folder that is walked through has there, and had not. */
function arrived(path: string, last: LastSources): readonly ChangedSource[] | undefined {
  const { sources, asked, cwd, ignoreFiles } = last;
  if (isBuilt(path, last)) return undefined;
  let isPlain = true;
  const other = (): void => {
    isPlain = false;
  };
  const found = collectFiles(asked, {
    ...{ cwd, ignoreFiles, only: path },
    ...{ onError: other, onForeign: other, onDockerfile: other },
  });
  const all: ChangedSource[] = [];
  for (const after of found) {
    if (sources.has(after.path)) continue;
    all.push({ before: undefined, after });
    if (all.length > MOST) return undefined;
  }
  return isPlain && all.every(({ after }) => isPlainly(after!, last)) ? all : undefined;
}

/** What tells a controller of other folders, whose objects are checked along. */
const OF_CONTROLLERS = /fluxcd\.io\/|argoproj\.io\//;

/** No link leads to it that comes before it, and nothing is made of it. */
function isPlainly(source: SourceFile, { sources }: LastSources): boolean {
  if (!(source instanceof FileSource) || OF_CONTROLLERS.test(source.text)) return false;
  const real = realpathSync.native(source.file);
  return ![...sources.values()].some((one) => one instanceof FileSource && one.file === real);
}
