import type { SessionArguments } from './open-session.ts';

/** The files and folders that a run may write and has to watch: what was named, and the working directory where that is meant. */
export function namedPaths(
  paths: readonly string[],
  { filename, kustomize, chart }: SessionArguments,
): readonly string[] {
  const named = [...paths, ...filename, ...kustomize, ...chart].filter(
    (path) => path !== '-' && !/^https?:\/\//i.test(path),
  );
  return named.length > 0 ? named : ['.'];
}
