import { relative, resolve, sep } from 'node:path';
import { realOf } from '../repository.ts';
import type { ObjectOrigin, Stripped } from './annotations.ts';
import { filesOf, type KustomizeRoot } from './render.ts';

/**
 * What each of several roots came to, which were built in one run: an object belongs to the root that its file, or the
 * kustomization that generated it, went into.
 *
 * @param built with absolute places
 * @returns undefined where an object belongs to none of them, or to several
 */
export function partedByRoot(
  roots: readonly KustomizeRoot[],
  { text, objects }: Stripped,
): ReadonlyMap<KustomizeRoot, Stripped> | undefined {
  const owners = new Map<string, KustomizeRoot[]>();
  for (const root of roots) {
    const real = realOf(root.folder);
    for (const file of filesOf(root.closure)) {
      const path = resolve(real, relative(root.folder, file));
      owners.set(path, [...(owners.get(path) ?? []), root]);
    }
  }
  const parts = new Map(roots.map((root) => [root, { text: '', objects: [] as ObjectOrigin[] }]));
  for (const [at, object] of objects.entries()) {
    const [owner, ...others] = owners.get(object.file ?? object.generatedIn ?? '') ?? [];
    const part = owner && parts.get(owner);
    if (!part || others.length > 0) return undefined;
    const real = realOf(owner.folder);
    const from = (path: string): string => relative(real, path).split(sep).join('/');
    const next = objects[at + 1];
    if (part.objects.length > 0) part.text += SEPARATOR;
    part.objects.push({
      start: part.text.length,
      file: object.file === undefined ? undefined : from(object.file),
      generatedIn: object.generatedIn === undefined ? undefined : from(object.generatedIn),
      changedIn: object.changedIn.map(from),
    });
    part.text += text.slice(object.start, next ? next.start - SEPARATOR.length : text.length);
  }
  return parts;
}

const SEPARATOR = '---\n';
