import { bundleOf, isComplete } from '../text/bundle.ts';
import type { Bundle, Location } from '../text/source.ts';
import { trimEndOf } from '../text/trim-end.ts';
import type { Resource } from './model.ts';
import { groupBy, identityOf, isOther, type Model, resourceSet } from './resource-set.ts';

/**
 * Splits the input into what can be applied together. A chart, a built kustomization and a cluster are complete: each
 * is a set of its own where there is anything else. Of the folders, two that define one object cannot be applied
 * together, so the folders that hold them, at the level where their paths part, are sets of their own; each of these
 * also sees whatever lies outside all folders that part.
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
  const bundles = named.length > 0 ? new Map() : completeBundles(resources);
  if (bundles.size === 0) return splitFolders(resources, named, templates, isOutside);
  const everywhere = resources.filter((one) => 'outside' in one);
  const inFolders = resources.filter((one) => !bundles.has(keyOf(bundleOf(one))));
  if (bundles.size === 1 && inFolders.length === everywhere.length)
    return [resourceSet('', resources, templates, isOutside)];
  const elsewhere = elsewhereIn(bundles);
  const complete = [...bundles].map(([key, members]) => {
    const own = templates.filter((template) => keyOf(bundleOf(template)) === key);
    const name = bundleOf(members[0]!).path || '.';
    return resourceSet(name, [...members, ...everywhere], own, isOutside);
  });
  if (inFolders.length === everywhere.length) return complete;
  const folders = splitFolders(inFolders, [], templates, isOutside).map((model) => ({
    ...model,
    setName: model.setName || '.',
    elsewhere,
  }));
  return [...folders, ...complete];
}

const keyOf = ({ kind, path }: Bundle): string => `${kind}\0${path}`;

/** Those that hold something that is followed: a chart's CRDs alone make no set. */
function completeBundles(resources: readonly Resource[]): Map<string, Resource[]> {
  const all = groupBy(
    resources.filter((one) => isComplete(bundleOf(one))),
    (one) => keyOf(bundleOf(one)),
  );
  return new Map([...all].filter(([, members]) => members.some((one) => !isOther(one))));
}

function elsewhereIn(bundles: ReadonlyMap<string, readonly Resource[]>): Model['elsewhere'] {
  const services = new Map(
    [...bundles.values()]
      .flat()
      .filter(({ kind }) => kind === 'Service')
      .map((service) => [`${service.namespace}\0${service.name}`, bundleOf(service)]),
  );
  return (namespace, name) => services.get(`${namespace}\0${name}`);
}

function splitFolders(
  resources: readonly Resource[],
  named: readonly string[],
  templates: readonly Location[],
  isOutside: Model['isOutside'] | undefined,
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
    const own = [...members].filter(([owner]) => sees(leaf, owner)).flatMap(([, list]) => list);
    const seen = [...own, ...aroundOf(leaf, members, own)];
    return resourceSet(
      leaf.replace(/\/?\.$/, '') || '.',
      seen.sort((a, b) => order.get(a)! - order.get(b)!),
      templates.filter((template) => sees(leaf, deepestParted(folderOf(template), parted))),
      isOutside,
    );
  });
}

/** What the files of the folders around a set define and the set does not: a variant takes the rest from there. */
function aroundOf(
  leaf: string,
  members: ReadonlyMap<string, readonly Resource[]>,
  own: readonly Resource[],
): Resource[] {
  const around = [...members].filter(([owner]) => owner !== leaf && isFilesAround(owner, leaf));
  if (around.length === 0) return [];
  const defined = new Set(own.map(identityOf));
  return around.flatMap(([, list]) => list.filter((one) => !defined.has(identityOf(one) ?? '')));
}

/** `shop/.` around `shop/dev`. */
const isFilesAround = (owner: string, leaf: string): boolean =>
  owner === '.' || (owner.endsWith('/.') && leaf.startsWith(owner.slice(0, -1)));

/** A folder's own files, as opposed to its subfolders, are a folder `.` in it: `shop/.` parts from `shop/dev`. */
const folderOf = (one: Location | Resource): string => {
  const { path } = bundleOf(one);
  return path === '' ? '.' : `${path}/.`;
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
