import type { GitOpsPlan } from './gitops/plan.ts';
import { readByHelm } from './helm/chart.ts';
import type { HelmRoot } from './helm/root.ts';
import { filesOf, type KustomizeRoot } from './kustomize/render.ts';

/** A folder to build, and with what. */
export type Root = ({ readonly with: 'kustomize' } & KustomizeRoot) | ({ readonly with: 'helm' } & HelmRoot);

export const folderOf = (root: Root): string => (root.with === 'helm' ? root.chart.folder : root.folder);

export const filesIn = (root: Root): readonly string[] =>
  root.with === 'helm' ? readByHelm(root.chart) : filesOf(root.closure);

/** A folder that is built as it stands: no controller tells of it. */
export const isAlone = ({ by }: Root): boolean => by === undefined;

/** Folders whose place a build takes. */
export const takenBy = (root: Root): Iterable<string> =>
  root.with === 'helm' ? [root.chart.folder] : root.closure.kustomizations.keys();

export const rootsOf = ({ kustomizations, charts }: GitOpsPlan): Root[] => [
  ...kustomizations.map((root) => ({ with: 'kustomize' as const, ...root })),
  ...charts.map((root) => ({ with: 'helm' as const, ...root })),
];
