import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readTextFile } from '../sources/read-file.ts';
import { splitInstructions } from './dockerfile/instructions.ts';
import { readDockerfile } from './dockerfile.ts';
import { type Reference, readReference } from './reference.ts';

export interface MatchOptions {
  readonly cwd: string;
  /** Images that are known by themselves and built by nobody here. */
  readonly known?: (image: string) => boolean;
}

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);
const DOCKERFILE =
  /^(?:[Dd]ockerfile|Containerfile|(?:Docker|Container)file\.([\w-]+)|([\w-]+)\.(?:[Dd]ocker|Container)file)$/;
/** Images of Docker Hub without an owner: its official ones, and what never leaves a machine. */
const WITHOUT_OWNER = 'docker.io/library/';

/**
 * Which Dockerfiles below some paths build which images, where it can hardly be otherwise. A Dockerfile is taken for
 * an image when the last part of the image's name is that of its folder, or stands in its own name (`Dockerfile.api`,
 * `api.Dockerfile`), and neither another Dockerfile nor another image is called so. Not taken are images without an
 * owner (`nginx`), images named by digest, images of which several tags are in use, and Dockerfiles that build on
 * the image itself.
 *
 * @param paths files and folders, as given to a check; beside a file, only its own folder is looked at
 * @param images as manifests name them
 * @returns absolute paths of Dockerfiles, by image as written
 */
export function matchDockerfiles(
  paths: readonly string[],
  images: Iterable<string>,
  { cwd, known = () => false }: MatchOptions,
): ReadonlyMap<string, string> {
  const named = imagesByName(images);
  if (named.size === 0) return new Map();
  const files = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const file of dockerfilesOf(resolve(cwd, path))) {
      const name = nameOf(file);
      if (named.has(name)) files.set(name, (files.get(name) ?? new Set()).add(file));
    }
  }
  const matches = new Map<string, string>();
  for (const [name, found] of files) {
    const spellings = named.get(name) ?? [];
    const [file] = found;
    const [first] = spellings;
    const clear = found.size === 1 && new Set(spellings.map(({ reference }) => reference.key)).size === 1;
    if (!clear || file === undefined || !first || spellings.some(({ image }) => known(image))) continue;
    if (!isBuiltHere(first.reference) || buildsOn(file, first.reference)) continue;
    for (const { image } of spellings) matches.set(image, file);
  }
  return matches;
}

interface Spelling {
  readonly image: string;
  readonly reference: Reference;
}

/** By the last part of their names. */
function imagesByName(images: Iterable<string>): ReadonlyMap<string, readonly Spelling[]> {
  const named = new Map<string, Spelling[]>();
  for (const image of new Set(images)) {
    const reference = readReference(image);
    if (!reference) continue;
    const name = basename(reference.repository);
    named.set(name, [...(named.get(name) ?? []), { image, reference }]);
  }
  return named;
}

const isBuiltHere = ({ name, digest }: Reference): boolean =>
  digest === undefined && !name.startsWith(WITHOUT_OWNER);

function nameOf(file: string): string {
  const [, suffix, prefix] = DOCKERFILE.exec(basename(file)) ?? [];
  return (suffix ?? prefix ?? basename(dirname(file))).toLowerCase();
}

/** What changes a public image is not what the manifests run under that image's own name. */
function buildsOn(path: string, { name }: Reference): boolean {
  const decoded = readTextFile(path);
  if (!('text' in decoded)) return true;
  const { config } = readDockerfile({ path, kind: 'file', text: decoded.text, editable: false });
  const bases = splitInstructions(decoded.text)
    .instructions.filter((instruction) => instruction.name === 'FROM')
    .map(({ text }) => text.split(/\s/)[0]);
  return [...bases, config?.base].some((base) => base !== undefined && readReference(base)?.name === name);
}

/** Symbolic links are not followed, and what cannot be read holds nothing. */
function* dockerfilesOf(path: string): Generator<string> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) yield* dockerfilesIn(path, true);
  else if (stats) yield* dockerfilesIn(dirname(path), false);
}

function* dockerfilesIn(folder: string, recursive: boolean): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name);
    if (recursive && isFolder) yield* dockerfilesIn(path, recursive);
    else if (entry.isFile() && DOCKERFILE.test(entry.name)) yield path;
  }
}
