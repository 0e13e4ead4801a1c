import { dirname, join, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import { insideScalar } from '../../text/inside-scalar.ts';
import { largest } from '../../text/largest.ts';
import { Located, type SourceFile } from '../../text/source.ts';
import { readYaml } from '../../text/yaml.ts';
import type { YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import type { InlineValues } from '../helm/inline-values.ts';
import { readKustomization } from '../kustomize/closure.ts';
import type { WrittenFiles } from '../written.ts';
import { hidden, hiddenText } from './hidden.ts';
import { textAt } from './objects.ts';

/** One key of a ConfigMap or a Secret of the repository. */
interface Entry {
  readonly key: string;
  readonly text: string;
  values(): InlineValues | undefined;
}

interface Configured {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Absolute; the folder of what says it. */
  readonly folder: string;
  readonly entries: readonly Entry[];
}

/** Names an object of the cluster that values come from. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  /** Of the object that refers to it. */
  readonly namespace: string | undefined;
  /** Absolute. */
  readonly file: string;
}

const MENTION = /\bkind["']?:\s*["']?(?:ConfigMap|Secret)\b/;

/**
 * The ConfigMaps and Secrets that the repository holds, for what Flux fills in from them: objects in files, and those
 * of `configMapGenerator`. Of a Secret nothing but numbers and switches is handed on, and an encrypted one is not known.
 */
export class ConfiguredValues {
  readonly #files: readonly string[];
  readonly #kustomizations: readonly string[];
  readonly #written: WrittenFiles;
  #all: readonly Configured[] | undefined;

  constructor(files: readonly string[], kustomizations: readonly string[], written: WrittenFiles) {
    this.#files = files;
    this.#kustomizations = kustomizations;
    this.#written = written;
  }

  /** Its entries; undefined where there is none, or where several are equally near. */
  find({ kind, name, namespace, file }: Reference): readonly Entry[] | undefined {
    this.#all ??= [...this.#objects(), ...this.#generated()];
    const fitting = this.#all.filter(
      (one) =>
        one.kind === kind &&
        one.name === name &&
        (one.namespace === undefined || namespace === undefined || one.namespace === namespace),
    );
    const near = (one: Configured): number => stepsTogether(one.folder, dirname(file));
    const most = largest(fitting.map(near), -1);
    const [nearest, ...others] = fitting.filter((one) => near(one) === most);
    return others.length > 0 ? undefined : nearest?.entries;
  }

  #objects(): Configured[] {
    return this.#files.flatMap((file) => {
      const read = this.#written.mentions(file, MENTION) ? this.#written.read(file) : undefined;
      return (read?.roots ?? []).flatMap((root) => configuredBy(root, read!.source, dirname(file)) ?? []);
    });
  }

  /** Files that a generator puts into a ConfigMap, whole. */
  #generated(): Configured[] {
    return this.#kustomizations.flatMap((folder) => {
      const kustomization = readKustomization(folder, this.#written);
      return mapsIn(kustomization?.root, 'configMapGenerator').map((one) => {
        const files = get(one, 'files');
        const entries = files?.type === 'list' ? files.items.flatMap((item) => this.#file(item, folder)) : [];
        const name = textAt(one, 'name') ?? '';
        return { kind: 'ConfigMap', name, namespace: textAt(one, 'namespace'), folder, entries };
      });
    });
  }

  #file(item: YamlNode, folder: string): Entry[] {
    const [first = '', ...rest] = item.type === 'scalar' ? item.text.split('=') : [];
    const path = rest.length > 0 ? rest.join('=') : first;
    const file = resolve(join(folder, path));
    const text = this.#written.textOf(file);
    if (text === undefined) return [];
    return [
      {
        key: rest.length > 0 ? first : path.slice(path.lastIndexOf('/') + 1),
        text,
        values: () => {
          const { roots: [root] = [], source } = this.#written.read(file) ?? {};
          return root && source && { root, at: ({ start, end }) => ({ source, start, end }) };
        },
      },
    ];
  }
}

function configuredBy(root: YamlNode, source: SourceFile, folder: string): Configured | undefined {
  const kind = textAt(root, 'kind') ?? '';
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined;
  const metadata = {
    name: textAt(root, 'metadata', 'name') ?? '',
    namespace: textAt(root, 'metadata', 'namespace'),
  };
  // Encrypted, by SOPS: nothing of it is known.
  const isOpen = get(root, 'sops') === undefined;
  const entries = ['data', 'stringData'].flatMap((field) => {
    const data = get(root, field);
    if (!isOpen || data?.type !== 'map') return [];
    return data.entries.flatMap(({ key, value }) => {
      if (value.type !== 'scalar') return [];
      return kind === 'ConfigMap' ? openEntry(key, value, source) : secretEntry(key, value, field === 'data');
    });
  });
  return isOpen ? { kind, ...metadata, folder, entries } : undefined;
}

function openEntry(key: string, scalar: YamlScalar, source: SourceFile): Entry {
  return {
    key,
    text: scalar.text,
    values: () => {
      const inside = insideScalar(new Located(scalar.text, source, scalar.start, scalar.end));
      const root = readYaml(scalar.text).documents[0]?.root;
      return root ? { root, at: ({ start, end }) => inside(start, end) } : undefined;
    },
  };
}

function secretEntry(key: string, { text: written }: YamlScalar, isEncoded: boolean): Entry {
  const text = isEncoded ? Buffer.from(written, 'base64').toString('utf8') : written;
  return {
    key,
    text: hiddenText(text),
    values: () => {
      const root = readYaml(text).documents[0]?.root;
      return root ? { root: hidden(root), at: () => undefined } : undefined;
    },
  };
}

/** How many folders two paths have in common. */
function stepsTogether(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')];
  const parted = a.findIndex((step, index) => step !== b[index]);
  return parted < 0 ? a.length : parted;
}
