import { groupBy } from '../text/group-by.ts';
import { isWritten } from '../text/origin.ts';
import { readYaml } from '../text/yaml.ts';
import { typeOf } from './decode.ts';
import type { Change, Kustomization, Target } from './kustomization.ts';
import type { Resource, Unsettled, Unsettler } from './model.ts';
import { isHarmlessPatch } from './patch.ts';
import { get } from './reader.ts';
import { isWorkload } from './resource-set.ts';

/** What the files of the input hold, by path; undefined for a file that is not among them. */
type TextOf = (path: string) => string | undefined;

/**
 * The resources as they are known before kustomizations are built: what one of them changes proves nothing until
 * then. Resources that none of them touches are the very ones that were given.
 */
export function settleKustomized(
  resources: readonly Resource[],
  kustomizations: readonly Kustomization[],
  textOf: TextOf,
): readonly Resource[] {
  const folders = new Map(
    kustomizations.filter(({ by }) => by === 'kustomize').map((one) => [one.folder, one]),
  );
  // What was built is as it will be applied.
  const written = resources.filter(({ source }) => isWritten(source));
  const byFile = groupBy(written, ({ source }) => source.path);
  const files = [...byFile.keys()];
  const touched = new Map<Resource, Unsettled>();
  for (const one of kustomizations) {
    const changes = changesOf(one, folders).flatMap((change) => targetedBy(change, textOf));
    if (changes.length === 0) continue;
    const members = one.by === 'kustomize' ? filesOf(one, folders) : filesBelow(one, files, folders);
    for (const resource of [...members].flatMap((file) => byFile.get(file) ?? [])) {
      const made = changes.filter((change) => concerns(change, resource)).map(({ what }) => what);
      if (made.length === 0) continue;
      const before = touched.get(resource);
      const fields = made.includes('fields') || before?.fields === true;
      touched.set(resource, {
        fields,
        labels: made.includes('labels') || before?.labels === true,
        place: made.includes('place') || before?.place === true,
        by: before?.fields ? before.by : unsettlerOf(one),
      });
    }
  }
  if (touched.size === 0) return resources;
  return resources.map((resource) => {
    const unsettled = touched.get(resource);
    if (!unsettled) return resource;
    return { ...resource, unsettled, ...(unsettled.place ? { unplaced: true as const } : {}) };
  });
}

const CONTROLLERS = { flux: 'Flux', argo: 'Argo CD' } as const;

const unsettlerOf = ({ path, folder, by }: Kustomization): Unsettler =>
  by === 'kustomize'
    ? { is: 'kustomization', path, folder }
    : { is: 'controller', name: CONTROLLERS[by], path, folder: by === 'flux' ? undefined : folder };

type Folders = ReadonlyMap<string, Kustomization>;

/** Its own, and those of its components, which are made to whatever it takes in. */
function changesOf(one: Kustomization, folders: Folders, seen = new Set<Kustomization>()): Change[] {
  if (seen.has(one)) return [];
  seen.add(one);
  const components = one.components.flatMap((folder) => folders.get(folder) ?? []);
  return [...one.changes, ...components.flatMap((component) => changesOf(component, folders, seen))];
}

/** The files that it takes in, by way of other kustomizations too. */
function filesOf(
  one: Kustomization,
  folders: Folders,
  found = new Set<string>(),
  seen = new Set<Kustomization>(),
): Set<string> {
  if (seen.has(one)) return found;
  seen.add(one);
  for (const path of one.takes) {
    const inner = folders.get(path);
    if (inner) filesOf(inner, folders, found, seen);
    else found.add(path);
  }
  return found;
}

/** A controller's paths begin at the root of the repository, which may lie above or below the working directory's. */
function filesBelow(
  { path, folder }: Kustomization,
  files: readonly string[],
  folders: Folders,
): Set<string> {
  const names = path.split('/').slice(0, -1);
  for (let depth = 0; depth <= names.length; depth++) {
    const prefix = [...names.slice(0, depth), ...(folder ? [folder] : [])].join('/');
    const below = prefix === '' ? files : files.filter((file) => file.startsWith(`${prefix}/`));
    if (below.length === 0) continue;
    const found = new Set(below);
    for (const [inner, one] of folders) {
      if (prefix === '' || inner === prefix || inner.startsWith(`${prefix}/`)) filesOf(one, folders, found);
    }
    return found;
  }
  return new Set();
}

/** What a patch that has no target names itself; nothing where the patch cannot change a port. */
function targetedBy(change: Change, textOf: TextOf): Change[] {
  const { patch, target } = change;
  if (!patch) return [change];
  const text = 'text' in patch ? patch.text : textOf(patch.file);
  if (text === undefined) return [change];
  const roots = readYaml(text).documents.flatMap(({ root }) => root ?? []);
  const harmful = roots.filter((root) => !isHarmlessPatch(root));
  if (target) return harmful.length > 0 || roots.length === 0 ? [change] : [];
  return harmful.map((root) => {
    const name = get(root, 'metadata', 'name');
    return {
      what: 'fields',
      target: {
        kind: typeOf(root).kind || undefined,
        name: name?.type === 'scalar' ? String(name.value) : undefined,
      },
    };
  });
}

function concerns({ target, image }: Change, resource: Resource): boolean {
  if (image !== undefined) return runs(image, resource);
  return !target || (fits(target.kind, resource.kind) && isNamed(target, resource.name));
}

const runs = (image: string, resource: Resource): boolean =>
  isWorkload(resource) &&
  resource.template.containers.some(
    (one) => one.image?.value === image || /^[:@]/.test(one.image?.value.slice(image.length) ?? ''),
  );

/** Before or after a prefix or suffix is put to it. */
const isNamed = ({ name }: Target, own: string): boolean =>
  name === undefined || fits(name, own) || name.startsWith(`${own}-`) || name.endsWith(`-${own}`);

/** A regular expression that must fit all of it; one that is none is taken for what it spells. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === text) return true;
  // Names hold no other signs; whatever else stands there may fit anything.
  return !/^[\w.-]+$/.test(pattern);
}
