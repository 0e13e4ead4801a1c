import { resolve } from 'node:path';
import type { CheckOptions, CheckResult } from '../engine/check.ts';
import type { Kept } from '../engine/kept.ts';
import type { Secrets } from '../engine/known-secrets.ts';
import type { Loaded } from '../engine/load.ts';
import { checkNear, type NearResults } from '../engine/near/check-near.ts';
import { displayPath } from '../sources/display-path.ts';
import type { IgnoreFiles } from '../sources/ignore-files.ts';
import { isInside } from '../sources/inside.ts';
import type { SourceFile } from '../text/source.ts';
import { changedSources } from './changed-sources.ts';
import type { Configuration } from './configuration.ts';
import type { Brought } from './input.ts';

/** The texts that something was said of. */
export interface Texts {
  /** The text of a source, or of the configuration; undefined where it is none or has changed since. */
  textOf(path: string): string | undefined;
  /** Whether a source says something else by now. */
  isChanged(path: string): boolean;
}

/** A first answer, with the texts as they were for it. */
export interface FirstAnswer extends NearResults, Texts {}

/** What a run was made from. */
interface Made {
  readonly found: CheckResult;
  readonly configuration: Configuration | undefined;
  readonly edges: readonly Brought[];
}

/** What tells of changes after it, which a session keeps only if it is asked again. */
interface Ground {
  readonly loaded: Loaded;
  readonly secrets: Secrets;
  readonly options: CheckOptions;
  readonly kept: Kept;
  readonly cwd: string;
  /** Files and folders that were asked for. */
  readonly asked: readonly string[];
  readonly ignoreFiles: () => IgnoreFiles;
}

/** A run that came to its end. Nothing of it is another run's, so that it can be asked while the next is half done. */
export class EndedRun implements Texts {
  readonly found: CheckResult;
  readonly #configuration: Configuration | undefined;
  readonly #edges: readonly Brought[];
  #sources: ReadonlyMap<string, SourceFile> | undefined;

  constructor({ found, configuration, edges }: Made) {
    this.found = found;
    this.#configuration = configuration;
    this.#edges = edges;
  }

  textOf(path: string): string | undefined {
    return textOf(this.sourceOf(path));
  }

  isChanged(path: string): boolean {
    return this.sourceOf(path)?.isStale === true;
  }

  /** What was built leads back to files that only a report asks for. */
  sourceOf(path: string): SourceFile | undefined {
    return this.#byPath().get(path) ?? this.#written(path);
  }

  /** What changed since, told from what is near it; undefined where only a run can tell. */
  near(paths: readonly string[], { loaded, secrets, options, ...ground }: Ground): FirstAnswer | undefined {
    const { cwd, kept, asked, ignoreFiles } = ground;
    const { builtFrom, plan = [] } = this.found;
    const configuration = this.#configuration?.source.path;
    const isOfAll = (path: string): boolean =>
      builtFrom?.has(path) === true || displayPath(path, cwd) === configuration;
    const sources = this.#byPath();
    if (paths.some(isOfAll) || this.#lacks(paths, sources, cwd)) return undefined;
    const changed = changedSources(paths, { sources, plan, cwd, asked, ignoreFiles: ignoreFiles() });
    const last = { found: this.found, loaded, secrets, options: { ...options, kept: kept.aside() } };
    const results = changed && checkNear(last, changed);
    if (!results) return undefined;
    const now = new Map(sources);
    for (const { before } of changed) if (before) now.delete(before.path);
    for (const { after } of changed) if (after) now.set(after.path, after);
    const sourceOf = (path: string): SourceFile | undefined => now.get(path) ?? this.#written(path);
    return {
      ...results,
      textOf: (path) => textOf(sourceOf(path)),
      isChanged: (path) => sourceOf(path)?.isStale === true,
    };
  }

  /** Whether something there was to be read and could not, of which nothing is known that a change could be held against. */
  #lacks(paths: readonly string[], sources: ReadonlyMap<string, SourceFile>, cwd: string): boolean {
    return [...this.found.errors, ...this.found.foreign].some(
      (one) => !sources.has(one.path) && paths.some((path) => isInside(resolve(cwd, one.path), path)),
    );
  }

  #byPath(): ReadonlyMap<string, SourceFile> {
    this.#sources ??= new Map(
      [
        ...this.found.sources.map(({ source }) => source),
        ...(this.#configuration ? [this.#configuration.source] : []),
      ].map((source) => [source.path, source] as const),
    );
    return this.#sources;
  }

  #written(path: string): SourceFile | undefined {
    return this.#edges.flatMap(({ written }) => written?.() ?? []).find((one) => one.path === path);
  }
}

function textOf(source: SourceFile | undefined): string | undefined {
  const text = source?.text;
  return source?.isStale ? undefined : text;
}
