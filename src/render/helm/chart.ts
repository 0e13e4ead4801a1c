import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import { KUSTOMIZATION_NAMES } from '../../sources/find-roots.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import { isWithin } from '../renderers.ts';
import { realOf } from '../repository.ts';
import type { WrittenFiles } from '../written.ts';

/** A chart's folder, as far as it matters before it is rendered. */
export interface Chart {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  /** Absolute paths of all its files, without those of packed dependencies' insides. */
  readonly files: readonly string[];
  /** Files of values that are other ways to apply it: `values-*.yaml` and `ci/*.yaml`. */
  readonly valuesBeside: readonly string[];
  /** Why it is not handed to Helm. */
  readonly obstacle: ChartObstacle | undefined;
}

export interface ChartObstacle {
  readonly kind: 'library' | 'dependency' | 'outside' | 'large' | 'broken';
  readonly message: string;
}

/** Of all files together: what is larger is not read. */
const MOST_BYTES = 64 * 1024 * 1024;

export function readChart(folder: string, tree: string, written: WrittenFiles): Chart {
  const file = written.read(join(folder, 'Chart.yaml'));
  const root = file?.roots[0];
  const name = textAt(root, 'name');
  const { files, problem } = filesIn(folder, tree, written);
  const obstacle =
    problem ??
    (name === undefined
      ? ({ kind: 'broken', message: '`Chart.yaml` gives it no name' } as const)
      : textAt(root, 'type') === 'library'
        ? ({ kind: 'library', message: 'a library, which renders nothing by itself' } as const)
        : absentDependency(folder, root, written));
  return {
    folder,
    name: name ?? basename(folder),
    files,
    valuesBeside: files.filter((path) => isValuesBeside(path.slice(folder.length + 1))),
    obstacle,
  };
}

/** What Helm reads of a chart; manifests that lie elsewhere in its folder are no part of it. */
export const readByHelm = ({ folder, files }: Chart): string[] =>
  files.filter((path) => {
    const within = relative(folder, path).split(/[\\/]/);
    // A kustomization beside the chart builds on what helm prints, and says what the files around it are.
    if (within.length === 1) return !KUSTOMIZATION_NAMES.includes(within[0]!);
    return ['templates', 'crds', 'charts', 'ci'].includes(within[0]!);
  });

const isValuesBeside = (path: string): boolean =>
  /^(values[-._][^/]*|ci\/[^/]*|[^/]*[-._]values)\.ya?ml$/.test(path);

/** All files of the chart; links must stay in the tree. */
function filesIn(folder: string, tree: string, written: WrittenFiles) {
  const files: string[] = [];
  let bytes = 0;
  let problem: ChartObstacle | undefined;
  const walk = (at: string): void => {
    for (const name of namesIn(at)) {
      const path = join(at, name);
      try {
        if (lstatSync(path).isSymbolicLink() && !isWithin(realOf(path), tree))
          problem ??= {
            kind: 'outside',
            message: `\`${written.shown(path)}\` leads out of the repository, and nothing is read there`,
          };
        const stats = statSync(path);
        if (stats.isDirectory()) {
          if (problem === undefined && files.length < MOST_FILES) walk(path);
        } else if (stats.isFile()) {
          files.push(path);
          bytes += stats.size;
        }
      } catch {
        // A link that leads nowhere is Helm's to tell.
      }
    }
  };
  walk(folder);
  if (bytes > MOST_BYTES || files.length >= MOST_FILES)
    problem ??= { kind: 'large', message: 'its files are larger than 64 MB' };
  return { files, problem };
}

const MOST_FILES = 20_000;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name !== '.git')
      .sort();
  } catch {
    return [];
  }
}

/** `helm template` wants every dependency in `charts/`, enabled or not. */
function absentDependency(
  folder: string,
  root: YamlNode | undefined,
  written: WrittenFiles,
): ChartObstacle | undefined {
  const requirements = written.read(join(folder, 'requirements.yaml'))?.roots[0];
  const wanted = [root, requirements].flatMap((one) => mapsIn(one, 'dependencies'));
  const there = namesIn(join(folder, 'charts'));
  for (const dependency of wanted) {
    const name = textAt(dependency, 'name');
    if (name === undefined) continue;
    const isThere = there.some(
      (one) =>
        one === name ||
        (one.startsWith(`${name}-`) && one.endsWith('.tgz')) ||
        nameOf(join(folder, 'charts', one)) === name,
    );
    if (!isThere) return { kind: 'dependency', message: `its dependency \`${name}\` is not in \`charts/\`` };
  }
  return undefined;
}

function nameOf(folder: string): string | undefined {
  try {
    return /^name:\s*["']?([\w.-]+)/m.exec(readFileSync(join(folder, 'Chart.yaml'), 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function textAt(node: YamlNode | undefined, key: string): string | undefined {
  const found = get(node, key);
  return found?.type === 'scalar' && found.value !== null ? found.text : undefined;
}
