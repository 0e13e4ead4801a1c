import { resolve } from 'node:path';
import type { ComposeMapping } from '../model/compose-mapping.ts';
import type { ImageBuild } from '../model/image-build.ts';
import type { Resource } from '../model/model.ts';
import type { Observation } from '../model/observation.ts';
import type { Variation } from '../render/root.ts';
import { collectFiles } from '../sources/collect.ts';
import type { Denied } from '../sources/denied.ts';
import { displayPath } from '../sources/display-path.ts';
import type { IgnoreFiles } from '../sources/ignore-files.ts';
import type { InputError } from '../sources/input-error.ts';
import type { KeptFiles } from '../sources/kept-files.ts';
import type { Planned } from '../sources/planned.ts';
import { fetchUrl } from '../sources/url.ts';
import type { SourceFile } from '../text/source.ts';

/** What an edge brings: sources, what it saw, and what it could not bring. */
export interface Brought {
  /** Read one by one while they are decoded. */
  readonly sources: Iterable<SourceFile>;
  /** Complete only once all sources are read. */
  readonly errors: readonly InputError[];
  /** Of the thing that runs; complete when the edge has answered. */
  readonly observations?: readonly Observation[] | undefined;
  /** Paths, as shown, of files whose place it takes: they are not checked beside what was made of them. */
  readonly covers?: ReadonlySet<string>;
  /** The one namespace of a cluster that was asked: manifests beside it that name none are meant for it. */
  readonly namespace?: string | undefined;
  /** What the user may not see of a cluster. */
  readonly denied?: readonly Denied[] | undefined;
  /** Told of all that was loaded: somebody among it may have written what is in its sources. */
  readonly loaded?: ((resources: readonly Resource[]) => void) | undefined;
  /** What was made of which root. */
  readonly plan?: readonly Planned[];
  /** Absolute paths of all files that its sources were made of. */
  readonly builtFrom?: ReadonlySet<string>;
  /** Charts rendered in other ways. */
  readonly variations?: readonly Variation[];
  /** What compose files say of the ports of images. */
  readonly composeMappings?: readonly ComposeMapping[];
  /** How images among its sources are built. */
  readonly imageBuilds?: readonly ImageBuild[];
  /** Files that places of its sources lead back to, for frames; complete only once the report is made. */
  readonly written?: () => readonly SourceFile[];
}

/** All of standard input: the same answer however often it is asked for. */
export type Piped = () => Promise<SourceFile | InputError>;

export interface Input extends Brought {
  /** What passed by in folders, such as links that lead nowhere; complete only once all sources are read. */
  readonly foreign: readonly InputError[];
  /** The files and folders among what was asked for. */
  readonly paths: readonly string[];
  /** Whether a Dockerfile lies among them; complete only once all sources are read. */
  hasDockerfile(): boolean;
  /** What was asked for by name, as it is shown; nothing where the working directory is meant without a word. */
  readonly named: readonly string[];
  /** Whether the user named this source, rather than a folder it lies in. */
  isNamed(path: string): boolean;
}

const isUrl = (path: string): boolean => /^https?:\/\//i.test(path);

/**
 * Files, folders, `-` for standard input and http(s) URLs, in the order they were given. What cannot be read is an error among the others, never thrown.
 */
export async function openInput(
  asked: readonly string[],
  cwd: string,
  piped: Piped,
  ignoreFiles: IgnoreFiles,
  kept?: KeptFiles,
): Promise<Input> {
  const errors: InputError[] = [];
  const foreign: InputError[] = [];
  const fetched = new Map<string, SourceFile>();
  const keep = (path: string, answer: SourceFile | InputError): void => {
    if ('message' in answer) errors.push(answer);
    else fetched.set(path, answer);
  };
  for (const path of new Set(asked.filter(isUrl))) keep(path, await fetchUrl(path));
  if (asked.includes('-')) keep('-', await piped());
  const files = asked.filter((path) => path !== '-' && !isUrl(path));
  let hasDockerfile = false;
  function* all(): Generator<SourceFile> {
    for (const path of asked) {
      const source = fetched.get(path);
      if (source) yield source;
      fetched.delete(path);
    }
    yield* collectFiles(files, {
      cwd,
      ignoreFiles,
      kept,
      onError: (error) => void errors.push(error),
      onForeign: (what) => void foreign.push(what),
      onDockerfile: () => {
        hasDockerfile = true;
      },
    });
  }
  const shown = (path: string): string =>
    path === '-' || isUrl(path) ? path : displayPath(resolve(cwd, path), cwd);
  const namedFiles = new Set(asked.map((path) => displayPath(resolve(cwd, path), cwd)));
  return {
    sources: all(),
    errors,
    foreign,
    paths: files,
    named: asked.map(shown),
    hasDockerfile: () => hasDockerfile,
    isNamed: (path) => path === '-' || isUrl(path) || namedFiles.has(path),
  };
}
