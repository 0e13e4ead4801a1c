import { LEFT_OUT } from './gitops/left-out.ts';
import type { GitOpsObject } from './gitops/objects.ts';
import { filesIn, folderOf, type Root, takenBy } from './roots.ts';

export interface SwitchedOff {
  /** Objects of controllers that are applied. */
  readonly objects: readonly GitOpsObject[];
  /** Folders that these tell of. Most overlays leave paths alone, so that what they print is foreseen. */
  readonly foreseen: ReadonlySet<string>;
  /** Why a root that stands for itself is applied by nobody; undefined where it may be. */
  readonly reasonOf: (root: Root) => string | undefined;
}

/**
 * What is kept in a repository and applied by nobody: what a kustomization lists in a comment, the objects of
 * controllers in it, and the folders that those alone tell of.
 *
 * @param alone the roots that stand for themselves
 * @param unapplied absolute paths of files that a kustomization lists in a comment
 * @param rootsToldBy what these objects tell a controller to build
 */
export function switchedOff(
  alone: readonly Root[],
  unapplied: readonly string[],
  objects: readonly GitOpsObject[],
  rootsToldBy: (objects: readonly GitOpsObject[]) => readonly Root[],
): SwitchedOff {
  const off = alone.filter((root) => commentOf(root) !== undefined);
  const applied = new Set(alone.filter((root) => !off.includes(root)).flatMap(filesIn));
  const idle = new Set([...unapplied, ...off.flatMap(filesIn)].filter((file) => !applied.has(file)));
  const isIdle = ({ file }: GitOpsObject): boolean => idle.has(file);
  const told = objects.filter((one) => !isIdle(one));
  const foreseen = new Set(rootsToldBy(told).flatMap((root) => [...takenBy(root)]));
  const toldIdly = new Map(
    rootsToldBy(objects.filter(isIdle)).flatMap((root) =>
      [...takenBy(root)].map((folder) => [folder, root.planned.path] as const),
    ),
  );
  const idlyBy = (root: Root): string | undefined =>
    root.with === 'helm' || root.isNamed || foreseen.has(folderOf(root))
      ? undefined
      : toldIdly.get(folderOf(root));
  return {
    objects: told,
    foreseen,
    reasonOf: (root) => {
      const by = idlyBy(root);
      return commentOf(root) ?? (by === undefined ? undefined : LEFT_OUT.toldIdly(by));
    },
  };
}

const commentOf = (root: Root): string | undefined => (root.with === 'kustomize' ? root.off : undefined);
