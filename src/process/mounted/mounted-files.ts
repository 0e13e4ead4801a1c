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
import { greatestOf, Prefixes } from '../../text/prefixes.ts';
import type { ConfigFile } from '../config-files/config-file.ts';
import type { ObjectLookup } from '../environment/environment.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';

/** The files that volumes put into a container (volumes and volumeMounts in k8s.io/api core/v1 types.go). */
export interface MountedFiles {
  /** In the order of the mounts; where two lie at one path, only the one that is seen. */
  readonly files: readonly ConfigFile[];
  /** Directories of which a volume hides what the image has there. */
  readonly covered: readonly string[];
  /** Paths of which the input does not tell all that lies there. */
  readonly unknown: readonly UnknownFiles[];
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
  const hiding = new Prefixes<number>();
  for (const [place, { path }] of all.entries()) hiding.set(asDirectory(path), place);
  const seen = <T extends { readonly path: string }>(of: (shown: Shown) => readonly T[]): T[] =>
    all.flatMap((shown, place) =>
      of(shown).filter(({ path }) => greatestOf(hiding, asDirectory(path)) <= place),
    );
  return {
    files: seen(({ files }) => files),
    covered: all.flatMap(({ isFile, path }) => (isFile ? [] : [path])),
    unknown: seen(({ unknown }) => unknown),
  };
}

interface Content extends Pick<Shown, 'files' | 'unknown'> {
  readonly byPath: ReadonlyMap<string, ConfigFile>;
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
    // Later sources are written over earlier ones.
    const byPath = new Map(content.flatMap(({ files }) => files.map((file) => [file.path, file] as const)));
    const made = { files: [...byPath.values()], unknown: content.flatMap(({ unknown }) => unknown), byPath };
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
  const place = (inside: string): string => (inside === '' ? path : `${path}/${inside}`);
  if (mount.subPath === undefined || mount.subPath === '') {
    return {
      path,
      isFile: false,
      files: content.files.map((file) => ({ ...file, path: place(file.path) })),
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

/** Of one source, with paths inside the volume; `` is all of the volume. */
function contentOf(source: VolumeSource, lookup: ObjectLookup): Pick<Shown, 'files' | 'unknown'> {
  const { kind, name, items, optional } = source;
  const object =
    kind === 'ConfigMap' ? lookup.configMap(name) : kind === 'Secret' ? lookup.secret(name) : undefined;
  if (!object) {
    const why =
      kind === 'other'
        ? doubt('source-filled-later', { source: name })
        : doubt('volume-object-outside', { kind, name });
    return {
      files: [],
      unknown: (items ?? [{ path: '' }]).map(({ path }) => ({ path: relative(path), doubt: why })),
    };
  }
  const files: ConfigFile[] = [];
  const unknown: UnknownFiles[] = [];
  for (const { key, path } of items ?? keysOf(object).map((one) => ({ key: one, path: one }))) {
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
  return { files, unknown };
}

const keysOf = (object: ConfigMap | Secret): readonly string[] =>
  object.kind === 'Secret' ? [...object.data.keys()] : [...object.data.keys(), ...object.binaryKeys];

const isBinary = (object: ConfigMap | Secret, key: string): boolean =>
  object.kind !== 'Secret' && object.binaryKeys.has(key);

/** Absolute, without a slash at its end or two in a row. */
const clean = (path: string): string => `/${path}`.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');

const relative = (path: string): string => clean(path).slice(1);

const depthOf = ({ mountPath }: VolumeMount): number => clean(mountPath.value).split('/').length;

const asDirectory = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
