import { folderOf } from '../text/slashes.ts';
import { trimEndOf } from '../text/trim-end.ts';
import type { YamlMap, YamlNode } from '../text/yaml-node.ts';
import { get, mapsIn } from './reader.ts';

/** What one kustomization takes in, and what it changes of it before anything is applied. */
export interface Kustomization {
  /** The file that says so. */
  readonly path: string;
  /** The folder that it builds; of a controller's own kind as written, relative to the repository. */
  readonly folder: string;
  /** `flux`, `argo`: the controller's own object, which takes in all that lies in its folder. */
  readonly by: 'kustomize' | 'flux' | 'argo';
  /** Files and folders, resolved. */
  readonly takes: readonly string[];
  /** Folders of components, whose changes are made to whatever is taken in here. */
  readonly components: readonly string[];
  /** Files that hold pieces of objects, or lists of changes; no objects. */
  readonly patchFiles: readonly string[];
  /** Files, and folders of plugins' kustomizations, that say how to build or go into what is made: no objects either. */
  readonly dataFiles: readonly string[];
  readonly changes: readonly Change[];
}

/** What is changed of the objects that `target` picks; of all of them without one. */
export interface Change {
  /** `fields`: anything in them. `place`: namespace or name. `labels`: their labels. */
  readonly what: 'fields' | 'place' | 'labels';
  readonly target?: Target;
  /** Only workloads that run this image. */
  readonly image?: string;
  /** A patch of which only the text tells what it is for: the file, resolved, or the text itself. */
  readonly patch?: { readonly file: string } | { readonly text: string };
}

/** Undefined where every object is meant; names are regular expressions, as kustomize reads them. */
export interface Target {
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

export function readKustomization(path: string, root: YamlNode): Kustomization {
  const here = (to: string): string => resolvePath(path, to);
  const patches = patchesIn(root, here);
  return {
    path,
    folder: folderOf(path),
    by: 'kustomize',
    takes: ['resources', 'bases', 'components'].flatMap((key) => textsIn(root, key).map(here)),
    components: textsIn(root, 'components').map(here),
    patchFiles: patches.flatMap(({ patch }) => (patch && 'file' in patch ? patch.file : [])),
    dataFiles: dataFilesIn(root).map(here),
    changes: [...patches, ...replacementsIn(root), ...othersIn(root), ...ofComponent(root)],
  };
}

/** The other fields of a kustomization that name files (api/types of kustomize: Kustomization). */
function dataFilesIn(root: YamlNode): string[] {
  const generated = ['configMapGenerator', 'secretGenerator'].flatMap((key) => mapsIn(root, key));
  const charts = ['helmCharts', 'helmChartInflationGenerator'].flatMap((key) => mapsIn(root, key));
  const text = (node: YamlNode | undefined): string[] => [textOf(node) ?? []].flat();
  return [
    ...['generators', 'transformers', 'validators', 'configurations', 'crds'].flatMap((key) =>
      textsIn(root, key),
    ),
    ...mapsIn(root, 'replacements').flatMap((one) => text(get(one, 'path'))),
    ...text(get(root, 'openapi', 'path')),
    // `KEY=FILE`.
    ...generated
      .flatMap((one) => [...textsIn(one, 'files'), ...textsIn(one, 'envs'), ...text(get(one, 'env'))])
      .map((file) => file.slice(file.indexOf('=') + 1)),
    ...charts.flatMap((one) => [
      ...['valuesFile', 'values'].flatMap((key) => text(get(one, key))),
      ...textsIn(one, 'additionalValuesFiles'),
    ]),
  ].filter((file) => !file.includes('\n'));
}

/** What a component holds is put where whoever takes it in says. */
const ofComponent = (root: YamlNode): Change[] =>
  textOf(get(root, 'kind')) === 'Component' ? [{ what: 'place' }] : [];

/** What Flux adds when it builds a folder (KustomizationSpec of kustomize-controller). */
export function readFluxKustomization(path: string, root: YamlNode): Kustomization {
  const spec = get(root, 'spec');
  return {
    path,
    folder: folderNamed(spec),
    by: 'flux',
    takes: [],
    components: [],
    patchFiles: [],
    dataFiles: [],
    changes: [
      ...patchesIn(spec, (file) => file),
      ...(['targetNamespace', 'namePrefix', 'nameSuffix'].some((key) => textOf(get(spec, key)))
        ? [{ what: 'place' } as const]
        : []),
      ...(textsIn(spec, 'components').length > 0 ? [{ what: 'fields' } as const] : []),
    ],
  };
}

/** What Argo CD adds when it builds a folder: ApplicationSourceKustomize of each source (pkg/apis/application/v1alpha1). */
export function readArgoApplication(path: string, root: YamlNode): Kustomization[] {
  const spec = get(root, 'spec', 'template', 'spec') ?? get(root, 'spec');
  const single = get(spec, 'source');
  const sources = [...(single ? [single] : []), ...(spec ? mapsIn(spec, 'sources') : [])];
  return sources.flatMap((source): Kustomization[] => {
    const made = get(source, 'kustomize');
    if (!made || !get(source, 'path')) return [];
    return [
      {
        path,
        folder: folderNamed(source),
        by: 'argo',
        takes: [],
        components: [],
        patchFiles: [],
        dataFiles: [],
        changes: [
          ...patchesIn(made, (file) => file),
          ...othersIn(made),
          ...(textsIn(made, 'components').length > 0 ? [{ what: 'fields' } as const] : []),
        ],
      },
    ];
  });
}

/** The `path` of a controller's object, as kustomizations write theirs. */
const folderNamed = (node: YamlNode | undefined): string => {
  const folder = trimEndOf((textOf(get(node, 'path')) ?? '').replace(/^(\.?\/)+/, ''), '/');
  return folder === '.' ? '' : folder;
};

/** `patches`, and the two lists that they replaced. */
function patchesIn(root: YamlNode | undefined, here: (path: string) => string): Change[] {
  const texts = ['patchesStrategicMerge', 'patches'].flatMap((key) => textsIn(root, key));
  const written = (text: string): Change => ({
    what: 'fields',
    patch: text.includes('\n') ? { text } : { file: here(text) },
  });
  const listed = ['patches', 'patchesJson6902'].flatMap((key) => (root ? mapsIn(root, key) : []));
  return [
    ...texts.map(written),
    ...listed.map((one): Change => {
      const target = get(one, 'target');
      const file = textOf(get(one, 'path'));
      const text = textOf(get(one, 'patch'));
      return {
        what: 'fields',
        ...(target?.type === 'map' ? { target: targetOf(target) } : {}),
        ...(file ? { patch: { file: here(file) } } : text ? { patch: { text } } : {}),
      };
    }),
  ];
}

/** Replacements that a file lists are not looked into, and may be of anything. */
const replacementsIn = (root: YamlNode): Change[] =>
  mapsIn(root, 'replacements').flatMap((one): Change[] =>
    get(one, 'targets')
      ? mapsIn(one, 'targets').map((target) => {
          const select = get(target, 'select');
          return { what: 'fields', ...(select?.type === 'map' ? { target: targetOf(select) } : {}) };
        })
      : [{ what: 'fields' }],
  );

function othersIn(root: YamlNode): Change[] {
  const says = (key: string): boolean => {
    const node = get(root, key);
    return node?.type === 'scalar' ? !!node.value : node !== undefined;
  };
  return [
    ...(['namespace', 'namePrefix', 'nameSuffix'].some(says) ? [{ what: 'place' } as const] : []),
    ...(['labels', 'commonLabels'].some(says) ? [{ what: 'labels' } as const] : []),
    ...(['transformers', 'configurations'].some(says) ? [{ what: 'fields' } as const] : []),
    ...mapsIn(root, 'images').flatMap((image): Change[] => {
      const name = textOf(get(image, 'name'));
      return name && get(image, 'newName') ? [{ what: 'fields', image: name }] : [];
    }),
  ];
}

const targetOf = (target: YamlMap): Target => ({
  kind: textOf(get(target, 'kind')),
  name: textOf(get(target, 'name')),
});

const textOf = (node: YamlNode | undefined): string | undefined =>
  node?.type === 'scalar' && typeof node.value === 'string' && node.value !== '' ? node.value : undefined;

function textsIn(root: YamlNode | undefined, key: string): string[] {
  const list = get(root, key);
  return list?.type === 'list' ? list.items.flatMap((item) => textOf(item) ?? []) : [];
}

/** A path written in a file, relative to that file's folder. */
function resolvePath(from: string, to: string): string {
  const names = from.split('/').slice(0, -1);
  for (const name of to.split('/')) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}
