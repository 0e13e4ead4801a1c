import { LARGEST_VALUE } from '../../model/largest-object.ts';
import type {
  ConfigMap,
  Container,
  PodTemplate,
  Secret,
  Volume,
  VolumeMount,
  VolumeSource,
} from '../../model/model.ts';
import { partitionPoint } from '../../text/partition-point.ts';
import { greatestOf, Prefixes } from '../../text/prefixes.ts';
import type { ConfigFile } from '../config-files/config-file.ts';
import type { ObjectLookup } from '../environment/environment.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import { overlap } from './mounts.ts';

/** The files that volumes put into a container (volumes and volumeMounts in k8s.io/api core/v1 types.go). */
export interface MountedFiles {
  /** In the order of the mounts; where two lie at one path, only the one that is seen. */
  readonly files: readonly ConfigFile[];
  /** Directories of which a volume hides what the image has there. */
  readonly covered: readonly string[];
  /** Paths of which the input does not tell all that lies there. */
  readonly unknown: readonly UnknownFiles[];
  /** The first file at one of the paths. Only volumes that can have it there are looked through. */
  firstAt(paths: readonly string[]): ConfigFile | undefined;
  /** Files that lie at, below or above one of the paths, of volumes that do so. */
  overlapping(paths: readonly string[]): readonly ConfigFile[];
}

export interface UnknownFiles {
  /** A file, or a directory with all below it. */
  readonly path: string;
  /** Why. */
  readonly doubt: Doubt;
}

/** What one mount shows. */
interface Shown {
  readonly path: string;
  readonly isFile: boolean;
  readonly files: readonly ConfigFile[];
  readonly unknown: readonly UnknownFiles[];
}

/** Every file of a ConfigMap or Secret in a container, and what is not known of its mounts. */
export function mountedFiles(
  { mounts }: Container,
  { volumes }: PodTemplate,
  lookup: ObjectLookup,
): MountedFiles {
  const contentOf = contentOfVolumes(volumes, lookup);
  // Runtimes mount the shallower path first, so that a deeper mount is seen inside it.
  const all = mounts
    .map((mount) => ({ mount, depth: depthOf(mount) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ mount }) => show(mount, contentOf(mount.volume)));
  const isSeen = lookThrough(all);
  const filesOf = (shown: Shown, place: number): readonly ConfigFile[] => isSeen(shown.files, shown, place);
  return {
    get files() {
      return joined(all.map(filesOf));
    },
    covered: all.flatMap(({ isFile, path }) => (isFile ? [] : [path])),
    unknown: all.flatMap((shown, place) => isSeen(shown.unknown, shown, place)),
    firstAt: (paths) => {
      for (const [place, shown] of all.entries()) {
        if (!paths.some((path) => isBelow(path, shown.path))) continue;
        const file = filesOf(shown, place).find(({ path }) => paths.includes(path));
        if (file) return file;
      }
      return undefined;
    },
    overlapping: (paths) => {
      const isIn = ({ path }: { readonly path: string }): boolean => paths.some((one) => overlap(one, path));
      const isBelowAny = ({ path }: Shown): boolean => paths.some((one) => isBelow(path, one));
      return joined(
        all.flatMap((shown, place) => {
          if (!isIn(shown)) return [];
          const files = filesOf(shown, place);
          return [isBelowAny(shown) ? files : files.filter(isIn)];
        }),
      );
    },
  };
}

/** Of one part that part itself, as it may be others' too. */
const joined = (parts: readonly (readonly ConfigFile[])[]): readonly ConfigFile[] => {
  const [only] = parts;
  return only && parts.length === 1 ? only : parts.flat();
};

/** What a later mount does not hide of an earlier one. */
function lookThrough(
  all: readonly Shown[],
): <T extends { readonly path: string }>(some: readonly T[], shown: Shown, place: number) => readonly T[] {
  const hiding = new Prefixes<number>();
  for (const [place, { path }] of all.entries()) hiding.set(asDirectory(path), place);
  const sorted = all.map(({ path }) => asDirectory(path)).sort();
  const isAlone = (directory: string): boolean => {
    const first = partitionPoint(sorted, (one) => one < directory);
    return !sorted[first + 1]?.startsWith(directory);
  };
  return (some, shown, place) =>
    some.length === 0 || isAlone(asDirectory(shown.path))
      ? some
      : some.filter(({ path }) => greatestOf(hiding, asDirectory(path)) <= place);
}

/** What a volume holds, with paths inside it; `` is all of the volume. */
class Content {
  readonly files: readonly ConfigFile[];
  readonly unknown: readonly UnknownFiles[];
  readonly byPath: ReadonlyMap<string, ConfigFile>;
  readonly #at = new Map<string, readonly ConfigFile[]>();

  /** @param files of which later ones are written over earlier ones */
  constructor(files: readonly ConfigFile[], unknown: readonly UnknownFiles[]) {
    this.byPath = new Map(files.map((file) => [file.path, file] as const));
    this.files = [...this.byPath.values()];
    this.unknown = unknown;
  }

  /** All files where the volume is mounted: the same ones for all that mount it there. */
  at(directory: string): readonly ConfigFile[] {
    const files =
      this.#at.get(directory) ?? this.files.map((file) => ({ ...file, path: placeIn(directory, file.path) }));
    this.#at.set(directory, files);
    return files;
  }
}

/** Many mounts may show a file each of one volume. */
function contentOfVolumes(
  volumes: readonly Volume[],
  lookup: ObjectLookup,
): (name: string) => Content | undefined {
  const named = new Map(volumes.toReversed().map((volume) => [volume.name, volume]));
  const known = new Map<Volume, Content>();
  return (name) => {
    const volume = named.get(name);
    if (!volume || volume.sources.length === 0) return undefined;
    const there = known.get(volume);
    if (there) return there;
    const content = volume.sources.map((source) => contentOf(source, lookup));
    const [only] = content;
    const made =
      only && content.length === 1
        ? only
        : new Content(
            content.flatMap(({ files }) => files),
            content.flatMap(({ unknown }) => unknown),
          );
    known.set(volume, made);
    return made;
  };
}

/** True where all that lies in a directory is in `files`: a volume hides what the image has there, and is known. */
export const covers = ({ covered, unknown }: MountedFiles, directory: string): boolean => {
  const path = clean(directory);
  return (
    covered.some((one) => isBelow(path, one)) &&
    !unknown.some((one) => isBelow(path, one.path) || isBelow(one.path, path))
  );
};

function show(mount: VolumeMount, content: Content | undefined): Shown {
  const path = clean(mount.mountPath.value);
  if (!content) {
    const later = doubt('volume-filled-later', { volume: mount.volume, path });
    // A subPath may name a file as well as a directory.
    return { path, isFile: mount.subPath !== undefined, files: [], unknown: [{ path, doubt: later }] };
  }
  const { unknown, byPath } = content;
  const place = (inside: string): string => placeIn(path, inside);
  if (mount.subPath === undefined || mount.subPath === '') {
    return {
      path,
      isFile: false,
      // Most of what is mounted is not what a program reads.
      get files() {
        return content.at(path);
      },
      unknown: unknown.map((one) => ({ ...one, path: place(one.path) })),
    };
  }
  const subPath = clean(mount.subPath).slice(1);
  const file = byPath.get(subPath);
  if (file) return { path, isFile: true, files: [{ ...file, path }], unknown: [] };
  const inside = (one: string): string => one.slice(subPath.length + 1);
  const files = content.files.filter((one) => one.path.startsWith(`${subPath}/`));
  const open = unknown.filter(
    (one) => isBelow(`/${subPath}`, `/${one.path}`) || isBelow(`/${one.path}`, `/${subPath}`),
  );
  const missing = {
    path: '',
    doubt: doubt('volume-without-path', { volume: mount.volume, subPath: mount.subPath }),
  };
  const doubts = files.length === 0 && open.length === 0 ? [missing] : open;
  return {
    path,
    isFile: files.length === 0,
    files: files.map((one) => ({ ...one, path: place(inside(one.path)) })),
    unknown: doubts.map((one) => ({ ...one, path: place(inside(one.path)) })),
  };
}

/** Whole objects, as most volumes show them, for all that mount them. */
const whole = new WeakMap<ConfigMap | Secret, Content>();

function contentOf(source: VolumeSource, lookup: ObjectLookup): Content {
  const { kind, name, items } = source;
  const object =
    kind === 'ConfigMap' ? lookup.configMap(name) : kind === 'Secret' ? lookup.secret(name) : undefined;
  if (!object) {
    const why =
      kind === 'other'
        ? doubt('source-filled-later', { source: name })
        : doubt('volume-object-outside', { kind, name });
    const unknown = (items ?? [{ path: '' }]).map(({ path }) => ({ path: relative(path), doubt: why }));
    return new Content([], unknown);
  }
  if (items) return contentOfItems(object, items, source);
  const known = whole.get(object) ?? contentOfItems(object, itemsOf(object), source);
  whole.set(object, known);
  return known;
}

type Items = NonNullable<VolumeSource['items']>;

function contentOfItems(object: ConfigMap | Secret, items: Items, { kind, optional }: VolumeSource): Content {
  const files: ConfigFile[] = [];
  const unknown: UnknownFiles[] = [];
  for (const { key, path } of items) {
    const text = object.data.get(key);
    const from = `${key} of ${kind} ${object.namespace}/${object.name}`;
    if (text && text.value.length > LARGEST_VALUE)
      unknown.push({ path: relative(path), doubt: doubt('key-too-large', { from }) });
    else if (text) files.push({ path: relative(path), text, from, secret: object.kind === 'Secret' });
    else if (isBinary(object, key))
      unknown.push({ path: relative(path), doubt: doubt('key-binary', { from }) });
    // The Pod does not start without the key unless the source is optional.
    else if (!optional)
      unknown.push({ path: relative(path), doubt: doubt('key-absent', { kind, name: object.name, key }) });
  }
  return new Content(files, unknown);
}

const keysOf = (object: ConfigMap | Secret): readonly string[] =>
  object.kind === 'Secret' ? [...object.data.keys()] : [...object.data.keys(), ...object.binaryKeys];

const itemsOf = (object: ConfigMap | Secret): Items => keysOf(object).map((one) => ({ key: one, path: one }));

const isBinary = (object: ConfigMap | Secret, key: string): boolean =>
  object.kind !== 'Secret' && object.binaryKeys.has(key);

/** Absolute, without a slash at its end or two in a row. */
const clean = (path: string): string => `/${path}`.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');

const relative = (path: string): string => clean(path).slice(1);

const placeIn = (directory: string, inside: string): string =>
  inside === '' ? directory : `${directory}/${inside}`;

const depthOf = ({ mountPath }: VolumeMount): number => clean(mountPath.value).split('/').length;

const asDirectory = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
