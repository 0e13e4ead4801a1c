import type { Resource } from '../model/model.ts';
import type { Model } from '../model/resource-set.ts';
import { folderOf } from '../text/slashes.ts';

/**
 * Whether two objects lie in different lessons: files, or folders, of which some define one object anew, and which
 * nobody applies all at once. The folders beside a set are such, as its neighbours are what it parted from.
 */
export function partsOf({ duplicates, setName }: Model): (one: Resource, other: Resource) => boolean {
  const lessons = new Map<string, { filesToo: boolean }>();
  for (const definitions of duplicates) {
    const paths = [...new Set(definitions.map(({ source }) => source.path))];
    if (paths.length < 2) continue;
    const folder = commonFolder(paths);
    const filesToo = paths.some((path) => folderOf(path) === folder);
    lessons.set(folder, { filesToo: filesToo || lessons.get(folder)?.filesToo === true });
  }
  const beside = folderOf(setName);
  if (setName !== '' && setName !== '.' && !lessons.has(beside)) lessons.set(beside, { filesToo: false });
  return (one, other) => {
    const [mine, its] = [one.source.path, other.source.path];
    if (mine === its || lessons.size === 0) return false;
    const folder = commonFolder([mine, its]);
    const lesson = lessons.get(folder);
    if (!lesson) return false;
    return lesson.filesToo || (folderOf(mine) !== folder && folderOf(its) !== folder);
  };
}

/** The deepest folder that all of them lie in. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...rest] = paths.map((path) => folderOf(path).split('/'));
  const end = first.findIndex((name, index) => rest.some((names) => names[index] !== name));
  return (end === -1 ? first : first.slice(0, end)).join('/');
}
