import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where helm and kubectl lie that tests run: `PORTOLAN_RENDERERS` (see `scripts/renderers.mjs`), else PATH.
 * A test that misses one is skipped and says so.
 */
const folders = [process.env.PORTOLAN_RENDERERS ?? '', ...(process.env.PATH ?? '').split(delimiter)].filter(
  (folder) => folder !== '',
);

const find = (program: string): string | undefined =>
  folders.map((folder) => join(folder, program)).find(isExecutable);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Absolute paths of the programs. */
export const KUBECTL: string | undefined = find('kubectl');
export const HELM: string | undefined = find('helm');

/** Helm 3, and kustomize as a program of its own: `node scripts/renderers.mjs --from-go` builds them. */
export const HELM3: string | undefined = process.env.PORTOLAN_TEST_HELM3 || find('helm3');
export const KUSTOMIZE: string | undefined = process.env.PORTOLAN_TEST_KUSTOMIZE || find('kustomize');

/** Behind the name of a group of tests that need it. */
export const because = (program: 'kubectl' | 'helm'): string =>
  (program === 'helm' ? HELM : KUBECTL) === undefined
    ? ` (skipped: no ${program} on PATH; \`node scripts/renderers.mjs\` fetches one)`
    : '';
