import { resolve } from 'node:path';
import type { CheckResult } from '../engine/check.ts';
import { collectFiles } from '../sources/collect.ts';
import { displayPath } from '../sources/display-path.ts';
import type { InputError } from '../sources/input-error.ts';
import { readStdin } from '../sources/stdin.ts';
import { fetchUrl } from '../sources/url.ts';
import type { SourceFile } from '../text/source.ts';
import { withProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

export interface Input {
  /** Read one by one while they are checked. */
  readonly sources: Iterable<SourceFile>;
  /** What could not be read; complete only once all sources are read. */
  readonly errors: readonly InputError[];
  /** What passed by in folders, such as links that lead nowhere; complete only once all sources are read. */
  readonly foreign: readonly InputError[];
  /** The files and folders among what was asked for. */
  readonly paths: readonly string[];
  /** Whether a Dockerfile lies among them; complete only once all sources are read. */
  hasDockerfile(): boolean;
  /** Whether the user named this source, rather than a folder it lies in. */
  isNamed(path: string): boolean;
}

const isUrl = (path: string): boolean => /^https?:\/\//i.test(path);

/** Files, folders, `-` for standard input and http(s) URLs, in the order they were given; the working directory when none is. */
export async function openInput(paths: readonly string[]): Promise<Input> {
  const asked = paths.length > 0 ? paths : ['.'];
  const errors: InputError[] = [];
  const passedBy: InputError[] = [];
  const fetched = new Map<string, SourceFile>();
  for (const path of new Set(asked.filter(isUrl))) {
    const answer = await fetchUrl(path);
    if ('message' in answer) errors.push(answer);
    else fetched.set(path, answer);
  }
  if (asked.includes('-')) {
    if (process.stdin.isTTY)
      throw new UsageError('`-` reads standard input, which is a terminal here; pipe manifests into it');
    const answer = await readStdin();
    if ('message' in answer) errors.push(answer);
    else fetched.set('-', answer);
  }
  const cwd = process.cwd();
  const onError = (error: InputError): void => void errors.push(error);
  const onForeign = (what: InputError): void => void passedBy.push(what);
  const files = asked.filter((path) => path !== '-' && !isUrl(path));
  let hasDockerfile = false;
  const onDockerfile = (): void => {
    hasDockerfile = true;
  };
  function* all(): Generator<SourceFile> {
    for (const path of asked) {
      const source = fetched.get(path);
      if (source) yield source;
      fetched.delete(path);
    }
    yield* collectFiles(files, { cwd, onError, onForeign, onDockerfile });
  }
  const namedFiles = new Set(asked.map((path) => displayPath(resolve(path), cwd)));
  return {
    sources: withProgress(all()),
    errors,
    foreign: passedBy,
    paths: files,
    hasDockerfile: () => hasDockerfile,
    isNamed: (path) => path === '-' || isUrl(path) || namedFiles.has(path),
  };
}

/** The input errors of the edges and of the engine; a named file that holds no Kubernetes object is one too. */
export function withInputErrors(result: CheckResult, input: Input): CheckResult {
  const { isNamed } = input;
  const unwanted = result.foreign.filter(({ path }) => isNamed(path));
  const foreign = [...input.foreign, ...result.foreign.filter(({ path }) => !isNamed(path))];
  return { ...result, errors: [...input.errors, ...result.errors, ...unwanted], foreign };
}
