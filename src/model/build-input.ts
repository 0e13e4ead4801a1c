import type { Kustomization } from './kustomization.ts';

/** Paths of files that kustomizations build with, none of which holds an object that is applied. */
export interface BuildInput {
  /** Pieces of objects, and lists of changes. */
  readonly patches: ReadonlySet<string>;
  /** Configuration of kustomize and its plugins, and what generators and charts take in. */
  readonly data: ReadonlySet<string>;
}

export function buildInputOf(kustomizations: readonly Kustomization[]): BuildInput {
  const folders = new Map(
    kustomizations.filter(({ by }) => by === 'kustomize').map((one) => [one.folder, one]),
  );
  const data = new Set<string>();
  const ofPlugins = new Set<Kustomization>();
  const take = (path: string): void => {
    const inner = folders.get(path);
    if (!inner) data.add(path);
    else if (!ofPlugins.has(inner)) {
      ofPlugins.add(inner);
      inner.takes.forEach(take);
    }
  };
  for (const { dataFiles } of kustomizations) dataFiles.forEach(take);
  // A ConfigMap may be made of a file that another kustomization applies.
  for (const one of kustomizations) if (!ofPlugins.has(one)) for (const path of one.takes) data.delete(path);
  return { patches: new Set(kustomizations.flatMap(({ patchFiles }) => patchFiles)), data };
}
