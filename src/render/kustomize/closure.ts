import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import { KUSTOMIZATION_NAMES } from '../../sources/find-roots.ts';
import type { SourceFile } from '../../text/source.ts';
import type { YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { isWithin } from '../renderers.ts';
import type { WrittenFiles } from '../written.ts';

/** A kustomization file. */
export interface Kustomization {
  /** Absolute. */
  readonly folder: string;
  readonly file: string;
  readonly source: SourceFile;
  readonly root: YamlNode | undefined;
  readonly isComponent: boolean;
}

/**
 * Why a kustomization is not handed to the renderer. `missing` is an object's file or a patch; `absent` what a generator puts
 * into a ConfigMap or a Secret, which may well be kept out of the repository.
 */
export interface Obstacle {
  readonly kind: 'remote' | 'outside' | 'missing' | 'absent' | 'program' | 'large';
  readonly source: SourceFile;
  readonly start: number;
  readonly message: string;
}

/** All that goes into one build. */
export interface Closure {
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** Absolute paths of the other files. */
  readonly files: ReadonlySet<string>;
  readonly obstacles: readonly Obstacle[];
  /** False where a generator may read what is not listed. */
  readonly isComplete: boolean;
  /** Whether a file is named that lies outside the folder of its kustomization, which kustomize must be told to allow. */
  readonly leavesFolder: boolean;
}

export function readKustomization(folder: string, written: WrittenFiles): Kustomization | undefined {
  for (const name of KUSTOMIZATION_NAMES) {
    const file = join(folder, name);
    if (kindOfPath(file) !== 'file') continue;
    const read = written.read(file);
    if (!read) return undefined;
    const [root] = read.roots;
    const kind = get(root, 'kind');
    const isComponent = kind?.type === 'scalar' && kind.value === 'Component';
    return { folder, file, source: read.source, root, isComponent };
  }
  return undefined;
}

/** Of all files together: what is larger is not read. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Lists whose entries are files, folders or addresses of objects. */
const OBJECTS = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators'];

const textOf = (node: YamlNode | undefined): YamlScalar[] => (node?.type === 'scalar' ? [node] : []);
const textsIn = (root: YamlNode | undefined, key: string): YamlScalar[] => {
  const list = get(root, key);
  return list?.type === 'list' ? list.items.flatMap(textOf) : [];
};

/** Fields that name a file which kustomize reads. */
const filesNamedIn = (root: YamlNode | undefined): YamlScalar[] => [
  ...['patchesStrategicMerge', 'configurations', 'crds'].flatMap((key) => textsIn(root, key)),
  ...['patches', 'patchesJson6902', 'replacements'].flatMap((key) =>
    mapsIn(root, key).flatMap((one) => textOf(get(one, 'path'))),
  ),
  ...textOf(get(get(root, 'openapi'), 'path')),
];

/** What generators put into ConfigMaps and Secrets. */
const filesOfGenerators = (root: YamlNode | undefined): YamlScalar[] =>
  ['configMapGenerator', 'secretGenerator']
    .flatMap((key) => mapsIn(root, key))
    .flatMap((one) => [...textsIn(one, 'files'), ...textsIn(one, 'envs'), ...textOf(get(one, 'env'))]);

const PLUGINS = ['generators', 'transformers', 'validators'];
const HELM = ['helmCharts', 'helmChartInflationGenerator'];

/**
 * Follows what a kustomization takes in, within the tree.
 *
 * @param components what a controller adds to it, relative to its folder
 */
export function closureOf(
  folder: string,
  tree: string,
  written: WrittenFiles,
  components: readonly string[] = [],
): Closure {
  const closure = new GrowingClosure(tree, written);
  closure.visit(folder);
  closure.visitComponents(folder, components);
  return closure;
}

class GrowingClosure implements Closure {
  readonly kustomizations = new Map<string, Kustomization>();
  readonly files = new Set<string>();
  readonly obstacles: Obstacle[] = [];
  isComplete = true;
  leavesFolder = false;
  #bytes = 0;
  readonly #tree: string;
  readonly #written: WrittenFiles;

  constructor(tree: string, written: WrittenFiles) {
    this.#tree = tree;
    this.#written = written;
  }

  visit(folder: string): void {
    if (this.kustomizations.has(folder)) return;
    const one = readKustomization(folder, this.#written);
    if (!one) return;
    this.kustomizations.set(folder, one);
    const { root } = one;
    if (PLUGINS.some((key) => textsIn(root, key).length > 0)) this.isComplete = false;
    for (const key of HELM) {
      const list = get(root, key);
      if (list?.type === 'list' && list.items.length > 0)
        this.#stop(one, 'program', list, `\`${key}\` makes kustomize start Helm, which it is not let do`);
    }
    for (const node of OBJECTS.flatMap((key) => textsIn(root, key))) {
      const path = resolve(folder, node.text);
      if (!isText(node, path) && this.#take(one, node, path, 'missing') === 'folder') this.visit(path);
    }
    for (const node of filesNamedIn(root)) {
      const path = resolve(folder, node.text);
      if (!isText(node, path)) this.#take(one, node, path, 'missing');
    }
    for (const node of filesOfGenerators(root)) {
      // `KEY=FILE`.
      this.#take(one, node, resolve(folder, node.text.slice(node.text.indexOf('=') + 1)), 'absent');
    }
  }

  visitComponents(folder: string, components: readonly string[]): void {
    const one = this.kustomizations.get(folder);
    for (const text of one ? components : []) {
      const path = resolve(folder, text);
      const node: YamlScalar = { type: 'scalar', start: 0, end: 0, value: text, text, quoted: false };
      if (this.#take(one!, node, path, 'missing') === 'folder') this.visit(path);
    }
  }

  #take(
    one: Kustomization,
    node: YamlScalar,
    path: string,
    otherwise: 'missing' | 'absent',
  ): 'file' | 'folder' | undefined {
    const found = kindOfPath(path);
    const real = found && this.#written.realOf(path);
    if (real !== undefined && !isWithin(real, this.#tree))
      this.#stop(
        one,
        'outside',
        node,
        `\`${node.text}\` leads out of the repository, and nothing is read there`,
      );
    else if (found === 'file') {
      if (!this.files.has(path)) this.#bytes += statSync(path).size;
      this.files.add(path);
      if (this.#bytes > MOST_BYTES)
        this.#stop(one, 'large', node, `with \`${node.text}\` its files are larger than 64 MB`);
      this.leavesFolder ||= !isWithin(real!, this.#written.realOf(one.folder));
    } else if (found === 'folder') return found;
    else if (isAddress(node.text)) this.#stop(one, 'remote', node, `\`${node.text}\` lies elsewhere`);
    else {
      // Beside a chart it is what Helm prints there before the build.
      const kind = kindOfPath(join(one.folder, 'Chart.yaml')) === 'file' ? 'absent' : otherwise;
      const why = existsSync(path) ? 'is neither a regular file nor a folder' : 'does not exist';
      this.#stop(one, kind, node, `\`${node.text}\` ${why}`);
    }
    return undefined;
  }

  #stop({ source }: Kustomization, kind: Obstacle['kind'], { start }: YamlNode, message: string): void {
    this.obstacles.push({ kind, source, start, message });
  }
}

/** An entry may be the text of a plugin's configuration or of a patch; a file's name may hold a line break too. */
const isText = ({ text }: YamlScalar, path: string): boolean =>
  text.includes('\n') && kindOfPath(path) === undefined;

/** As kustomize knows a remote base (api/internal/git/repospec.go): a scheme, a user, a host or a revision. */
const isAddress = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:|^[^/]+@|[?&](ref|version)=|^(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}\//i.test(text);

export function kindOfPath(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path);
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}
