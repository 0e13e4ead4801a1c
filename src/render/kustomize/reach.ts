import { resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import { readYaml } from '../../text/yaml.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { WrittenFiles } from '../written.ts';
import { type NameRules, nameRulesOf } from './name-rules.ts';
import { filesOf, type KustomizeRoot } from './render.ts';

/**
 * Kustomize reads one folder in each run, and to start it costs more than most builds. A run may build several roots
 * below one overlay where none of them can touch another: after all roots are put together, names are the one thing
 * that kustomize looks up among all objects (api/internal/accumulator: FixBackReferences), and it takes an object for
 * what is meant only if it was renamed or moved and bore that name before (api/filters/nameref: selectReferral).
 */
export interface Reach {
  /** Names of its objects, before and while they are changed. */
  readonly names: ReadonlySet<string>;
  /** Whether names or namespaces are changed, so that others could be led to them. */
  readonly renames: boolean;
  /** What it says of fields that hold names. */
  readonly rules: NameRules;
  /** Whatever stands in its files and may be a name, a kind or a field. */
  readonly words: ReadonlySet<string>;
  /** Of its files, in characters. */
  readonly size: number;
}

/** What is larger is worth a run of its own. */
const MOST_TEXT = 128 * 1024;

/** Fields that work on the objects of their own kustomization alone, and on names, which are looked at. */
const OWN: ReadonlySet<string> = new Set([
  ...['apiVersion', 'kind', 'metadata', 'resources', 'bases', 'components', 'buildMetadata', 'sortOptions'],
  ...[
    'namespace',
    'namePrefix',
    'nameSuffix',
    'labels',
    'commonLabels',
    'commonAnnotations',
    'images',
    'replicas',
  ],
  ...['patches', 'patchesStrategicMerge', 'patchesJson6902'],
  ...['configMapGenerator', 'secretGenerator', 'generatorOptions', 'configurations'],
]);

/**
 * References that are looked up by namespace first (`subjects`, `service` of webhooks and APIServices), where it counts
 * which namespaces there are; names that a patch changes, and those that are spelled in another way.
 */
const BEYOND =
  /RoleBinding|WebhookConfiguration|APIService|conversion|allowNameChange|\/metadata\/name|\\[uUx]/;

const WORDS = /[\w.-]+/g;
const WORD = /^[\w.-]+$/;

/** Undefined where it cannot be told, or is not worth it: such a root is built by itself. */
export function reachOf({ closure, overlay }: KustomizeRoot, written: WrittenFiles): Reach | undefined {
  if (!closure.isComplete || closure.leavesFolder || !Object.keys(overlay).every((key) => OWN.has(key)))
    return undefined;
  const kustomizations = [...closure.kustomizations.values()];
  const all = [...kustomizations.map(({ root }) => root), asTree(overlay)];
  if (!all.every((root) => keysOf(root).every((key) => OWN.has(key)))) return undefined;
  const texts = filesOf(closure).map((file) => written.textOf(file));
  const text = [...texts, JSON.stringify(overlay)].join('\n');
  if (texts.includes(undefined) || text.length > MOST_TEXT || BEYOND.test(text)) return undefined;
  const affixed = all.filter((root) => get(root, 'namePrefix') ?? get(root, 'nameSuffix'));
  const own = kustomizations.flatMap(({ root, folder }) =>
    textsOf(root, 'resources', 'bases')
      .map((entry) => resolve(folder, entry))
      .filter((path) => closure.files.has(path)),
  );
  const named = namesIn(own, written);
  if (affixed.length > 1 || !named) return undefined;
  const generated = all.flatMap(namesOfGenerators);
  const [prefix = '', suffix = ''] = ['namePrefix', 'nameSuffix'].map((key) => textOf(get(affixed[0], key)));
  const names = [...named, ...generated].flatMap((name) => [
    ...[name, prefix + name],
    ...[name + suffix, prefix + name + suffix],
  ]);
  if (!names.every((name) => WORD.test(name))) return undefined;
  return {
    names: new Set(names),
    renames: affixed.length > 0 || generated.length > 0 || all.some((root) => get(root, 'namespace')),
    rules: nameRulesOf(kustomizations, written),
    words: wordsOf(text),
    size: text.length,
  };
}

const GENERATED = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

/** Kinds of what is generated are among them, and fields of JSON patches, which write `/` as `~1` (RFC 6901). */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set(text.replaceAll('~1', '/').match(WORDS));
  for (const [generator, kind] of GENERATED) if (words.has(generator)) words.add(kind);
  return words;
}

/**
 * Whether what another one says of fields that hold names leads one of its own references to an object whose name is
 * changed: alone it stays as it is.
 */
export const minds = ({ renames, rules, words }: Reach, others: NameRules): boolean =>
  renames && [...others].some(([rule, told]) => !rules.has(rule) && told.every((word) => words.has(word)));

/** Names of the objects in files; undefined where one of them is not plainly an object with a name. */
function namesIn(files: readonly string[], written: WrittenFiles): string[] | undefined {
  const names: string[] = [];
  for (const file of files) {
    const { documents, errors } = readYaml(written.textOf(file) ?? '');
    if (errors.length > 0) return undefined;
    for (const { root } of documents) {
      if (!root) continue;
      const name = textOf(get(root, 'metadata', 'name'));
      if (name === undefined || /List$/.test(textOf(get(root, 'kind')) ?? '')) return undefined;
      names.push(name);
    }
  }
  return names;
}

const namesOfGenerators = (root: YamlNode | undefined): string[] =>
  ['configMapGenerator', 'secretGenerator']
    .flatMap((key) => (root ? mapsIn(root, key) : []))
    .flatMap((one) => textOf(get(one, 'name')) ?? []);

const asTree = (overlay: object): YamlNode | undefined =>
  readYaml(JSON.stringify(overlay)).documents[0]?.root ?? undefined;

const keysOf = (root: YamlNode | undefined): string[] =>
  root?.type === 'map' ? root.entries.map(({ key }) => key) : [];

const textOf = (node: YamlNode | undefined): string | undefined =>
  node?.type === 'scalar' && node.text !== '' ? node.text : undefined;

const textsOf = (root: YamlNode | undefined, ...keys: string[]): string[] =>
  keys.flatMap((key) => {
    const list = get(root, key);
    return list?.type === 'list' ? list.items.flatMap((item) => textOf(item) ?? []) : [];
  });
