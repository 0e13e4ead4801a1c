import type { Location } from '../text/source.ts';
import { trimEndOf } from '../text/trim-end.ts';
import type { Resource } from './model.ts';
import { groupBy, identityOf, type Model, resourceSet } from './resource-set.ts';

/**
 * Splits the input into what can be applied together. Two definitions of one object in different folders cannot, so
 * the folders that hold them, at the level where their paths part, are sets of their own; each set also sees
 * whatever lies outside all folders that part.
 *
 * @param named folders that the user says are sets; then nothing is split by itself
 * @returns one set named `` when nothing parts
 */
export function splitIntoSets(
  resources: readonly Resource[],
  named: readonly string[] = [],
  templates: readonly Location[] = [],
  isOutside?: Model['isOutside'],
): Model[] {
  const parted = named.length > 0 ? new Set(named.map(folderKey)) : partedFolders(resources);
  if (parted.size === 0) return [resourceSet('', resources, templates, isOutside)];

  const folders = groupBy(resources, folderOf);
  const owners = new Map([...folders.keys()].map((folder) => [folder, deepestParted(folder, parted)]));
  const members = groupBy(resources, (resource) => owners.get(folderOf(resource))!);

  const leaves = [...parted].filter((folder) => ![...parted].some((other) => isInside(other, folder))).sort();
  const order = new Map(resources.map((resource, index) => [resource, index]));
  const sees = (leaf: string, owner: string): boolean => owner === leaf || isInside(leaf, owner);
  return leaves.map((leaf) => {
    const seen = [...members].filter(([owner]) => sees(leaf, owner)).flatMap(([, list]) => list);
    return resourceSet(
      leaf.replace(/\/?\.$/, '') || '.',
      seen.sort((a, b) => order.get(a)! - order.get(b)!),
      templates.filter((template) => sees(leaf, deepestParted(folderOf(template), parted))),
      isOutside,
    );
  });
}

/** A folder's own files, as opposed to its subfolders, are a folder `.` in it: `shop/.` parts from `shop/dev`. */
const folderOf = ({ source }: Location | Resource): string => {
  const slash = source.path.lastIndexOf('/');
  return slash < 0 ? '.' : `${source.path.slice(0, slash)}/.`;
};

const folderKey = (dir: string): string => trimEndOf(dir.replace(/^(\.\/)+/, ''), '/');

/** `` contains everything. */
const isInside = (inner: string, outer: string): boolean =>
  outer === '' ? inner !== '' : inner.startsWith(`${outer}/`);

function deepestParted(folder: string, parted: ReadonlySet<string>): string {
  let current = folder;
  while (current !== '') {
    if (parted.has(current)) return current;
    current = current.slice(0, Math.max(0, current.lastIndexOf('/')));
  }
  return '';
}

function partedFolders(resources: readonly Resource[]): Set<string> {
  const foldersByIdentity = new Map<string, Set<string>>();
  for (const resource of resources) {
    const identity = identityOf(resource);
    if (identity === undefined) continue;
    const folder = folderOf(resource);
    const folders = foldersByIdentity.get(identity);
    if (folders) folders.add(folder);
    else foldersByIdentity.set(identity, new Set([folder]));
  }
  const parted = new Set<string>();
  for (const folders of foldersByIdentity.values()) {
    if (folders.size > 1) for (const folder of partingOf([...folders])) parted.add(folder);
  }
  return parted;
}

/** The folders right below each level where the given paths part. */
function partingOf(folders: readonly string[]): string[] {
  const childrenByParent = new Map<string, Set<string>>();
  for (const folder of folders) {
    const names = folder.split('/');
    for (let depth = 0; depth < names.length; depth++) {
      const parent = names.slice(0, depth).join('/');
      const child = names.slice(0, depth + 1).join('/');
      const children = childrenByParent.get(parent);
      if (children) children.add(child);
      else childrenByParent.set(parent, new Set([child]));
    }
  }
  return [...childrenByParent.values()]
    .filter((children) => children.size > 1)
    .flatMap((children) => [...children]);
}
