import { bundleOf, isComplete } from '../text/bundle.ts';
import { groupBy } from '../text/group-by.ts';
import { Prefixes } from '../text/prefixes.ts';
import { folderOf } from '../text/slashes.ts';
import type { Bundle, Location } from '../text/source.ts';
import { trimEndOf } from '../text/trim-end.ts';
import { SharedLinks } from './budget.ts';
import type { Resource, Service } from './model.ts';
import { identityOf, isOther, type Model, resourceSet, type Unread } from './resource-set.ts';

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
  unread: readonly Unread[] = [],
  isOutside?: Model['isOutside'],
): Model[] {
  const bundles = named.length > 0 ? new Map() : completeBundles(resources);
  if (bundles.size === 0) return splitFolders(resources, named, unread, isOutside);
  const everywhere = resources.filter((one) => one.shape === 'service' && (one as Service).outside === true);
  const inFolders = resources.filter((one) => !bundles.has(keyOf(bundleOf(one))));
  if (bundles.size === 1 && inFolders.length === everywhere.length)
    return [resourceSet('', resources, unread, isOutside)];
  const elsewhere = elsewhereIn(bundles);
  const classesElsewhere = new Set(
    resources.filter(({ shape }) => shape === 'ingress-class').map(({ name }) => name),
  );
  const complete = [...bundles].map(([key, members]) => {
    const own = unread.filter((one) => keyOf(bundleOf(one)) === key);
    const name = bundleOf(members[0]!).path || '.';
    return { ...resourceSet(name, [...members, ...everywhere], own, isOutside), classesElsewhere };
  });
  if (inFolders.length === everywhere.length) return complete;
  const folders = splitFolders(inFolders, [], unread, isOutside).map((model) => ({
    ...model,
    setName: model.setName || '.',
    elsewhere,
    classesElsewhere,
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
  unread: readonly Unread[],
  isOutside: Model['isOutside'] | undefined,
): Model[] {
  const parted = named.length > 0 ? new Set(named.map(folderKey)) : partedFolders(resources);
  if (parted.size === 0) return [resourceSet('', resources, unread, isOutside)];

  const ownerOf = deepestAmong(parted);
  const members = groupBy(resources, (resource) => ownerOf(ownFolderOf(resource)));
  const unreadOf = groupBy(unread, (one) => ownerOf(ownFolderOf(one)));

  const outer = foldersAround(parted);
  const leaves = [...parted].filter((folder) => !outer.has(folder)).sort();
  const order = new Map(resources.map((resource, index) => [resource, index]));
  const owners = new Prefixes<string>();
  const files = new Prefixes<string>();
  for (const owner of new Set([...members.keys(), ...unreadOf.keys()])) {
    owners.set(owner === '' ? '' : `${owner}/`, owner);
    if (owner === '.' || owner.endsWith('/.')) files.set(owner.slice(0, -1), owner);
  }
  const shared = new SharedLinks(resources.length);
  let room = ROOM + ROOM_EACH * resources.length;
  const models: Model[] = [];
  for (const leaf of leaves) {
    const last = models.at(-1);
    // To look around is not for nothing either, so that nobody does when no room is left.
    const seeing = room < 0 ? [] : owners.of(`${leaf}/`);
    const around = room < 0 ? [] : files.of(leaf).filter((owner) => owner !== leaf);
    for (const owner of [...seeing, ...around]) room -= members.get(owner)?.length ?? 0;
    if (room < 0 && last) {
      last.budget.leave('sets', (members.get(leaf) ?? resources)[0]!);
      continue;
    }
    const own = seeing.flatMap((owner) => members.get(owner) ?? []);
    const seen = [...own, ...aroundOf(around, members, own)];
    models.push(
      resourceSet(
        leaf.replace(/\/?\.$/, '') || '.',
        seen.sort((a, b) => order.get(a)! - order.get(b)!),
        seeing.flatMap((owner) => unreadOf.get(owner) ?? []),
        isOutside,
        shared,
      ),
    );
  }
  return models;
}

/** All sets together hold no more than this: what they share is followed once for each. */
const ROOM = 20_000;
const ROOM_EACH = 10;

/**
 * What the files of the folders around a set define and the set does not: a variant takes the rest from there.
 * `shop/.` is around `shop/dev`.
 */
function aroundOf(
  around: readonly string[],
  members: ReadonlyMap<string, readonly Resource[]>,
  own: readonly Resource[],
): Resource[] {
  if (around.length === 0) return [];
  const defined = new Set(own.map(identityOf));
  return around.flatMap((owner) =>
    (members.get(owner) ?? []).filter((one) => !defined.has(identityOf(one) ?? '')),
  );
}

/** A folder's own files, as opposed to its subfolders, are a folder `.` in it: `shop/.` parts from `shop/dev`. */
const ownFolderOf = (one: Location | Resource): string => {
  const { path } = bundleOf(one);
  return path === '' ? '.' : `${path}/.`;
};

const folderKey = (dir: string): string => trimEndOf(dir.replace(/^(\.\/)+/, ''), '/');

/** Of a folder: the deepest of some that it is or lies in; `` where there is none. */
function deepestAmong(folders: ReadonlySet<string>): (folder: string) => string {
  const known = new Prefixes<string>();
  for (const folder of folders) known.set(`${folder}/`, folder);
  return (folder) =>
    known.of(`${folder}/`).reduce((deepest, one) => (one.length > deepest.length ? one : deepest), '');
}

/** Every folder that some folder lies in. */
function foldersAround(folders: ReadonlySet<string>): Set<string> {
  const around = new Set<string>();
  for (const folder of folders) {
    let parent = folderOf(folder);
    while (parent !== '' && !around.has(parent)) {
      around.add(parent);
      parent = folderOf(parent);
    }
  }
  return around;
}

function partedFolders(resources: readonly Resource[]): Set<string> {
  const foldersByIdentity = new Map<string, Set<string>>();
  for (const resource of resources) {
    const identity = identityOf(resource);
    if (identity === undefined) continue;
    const folder = ownFolderOf(resource);
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

interface Level {
  readonly path: string;
  readonly below: Map<string, Level>;
}

/** The folders right below each level where the given paths part. */
function partingOf(folders: readonly string[]): string[] {
  const root: Level = { path: '', below: new Map() };
  const levels = [root];
  for (const folder of folders) {
    let level = root;
    for (const name of folder.split('/')) {
      const there = level.below.get(name);
      const below = there ?? { path: level === root ? name : `${level.path}/${name}`, below: new Map() };
      if (!there) {
        level.below.set(name, below);
        levels.push(below);
      }
      level = below;
    }
  }
  return levels.flatMap(({ below }) => (below.size > 1 ? [...below.values()].map(({ path }) => path) : []));
}
