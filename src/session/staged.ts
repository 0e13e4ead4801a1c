import { isAbsolute, resolve } from 'node:path';
import type { Report } from '../report/report.ts';
import type { OpenBench } from './bench.ts';
import type { SessionOptions } from './options.ts';
import { stagedCopy } from './staged-copy.ts';

/** A run over a copy of the files, with everything else as it is. */
export interface Staged {
  readonly paths: readonly string[];
  readonly options: SessionOptions;
  bench(check: () => Promise<Report>): OpenBench;
}

/** @returns undefined where the files cannot be copied: they come from elsewhere, or are too many */
export function openStaged(
  paths: readonly string[],
  options: SessionOptions,
  cwd: string,
): Staged | undefined {
  if (paths.some((path) => path === '-' || /^https?:\/\//i.test(path))) return undefined;
  const copy = stagedCopy(cwd);
  if (!copy) return undefined;
  const inCopy = (path: string): string => (isAbsolute(path) ? (copy.placeOf(path) ?? path) : path);
  const placeOf = (path: string): string => copy.placeOf(path) ?? resolve(cwd, path);
  const { config, dockerfiles, imageArchives, logs, render } = options;
  return {
    paths: paths.map(inCopy),
    options: {
      ...options,
      cwd: copy.cwd,
      setDirs: options.setDirs?.map(inCopy),
      config: typeof config === 'string' ? placeOf(config) : config,
      dockerfiles: dockerfiles && new Map([...dockerfiles].map(([image, file]) => [image, placeOf(file)])),
      imageArchives: imageArchives?.map(placeOf),
      logs: logs?.map((log) => (log.file === '-' ? log : { ...log, file: placeOf(log.file) })),
      render: render && {
        ...render,
        onRoot: undefined,
        kustomizations: render.kustomizations?.map(inCopy),
        charts: render.charts?.map(inCopy),
        helm: render.helm && { ...render.helm, values: render.helm.values?.map(placeOf) },
      },
      reading: undefined,
      // What is compared is the input alone, and the copy has no history.
      baseline: undefined,
      changedSince: undefined,
    },
    bench: (check) => ({
      check,
      textOf: (path) => copy.textOf(path),
      put: (path, text) => copy.put(path, text),
      close: () => copy.remove(),
    }),
  };
}
