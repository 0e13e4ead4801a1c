import { dirname, join, resolve } from 'node:path';
import { get, mapsIn } from '../../model/reader.ts';
import { largest } from '../../text/largest.ts';
import { lastPart } from '../../text/slashes.ts';
import type { Location, SourceFile } from '../../text/source.ts';
import { readYaml } from '../../text/yaml.ts';
import type { YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import type { InlineValues } from '../helm/inline-values.ts';
import { readKustomization } from '../kustomize/closure.ts';
import type { WrittenFiles } from '../written.ts';
import { hidden, hiddenText } from './hidden.ts';
import { type GitOpsObject, textAt, writtenOf } from './objects.ts';
import { placeWithin } from './place-within.ts';

/** One key of a ConfigMap or a Secret of the repository. */
export interface Entry {
  readonly key: string;
  readonly text: string;
  /** Where it was written. */
  at(): Location | undefined;
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

  /**
   * The entries of an object of the cluster that values come from: that of the same build, else the nearest of the
   * repository; undefined where there is none, or where several are equally near.
   *
   * @param by the object that refers to it
   */
  find(kind: string, name: string, by: GitOpsObject): readonly Entry[] | undefined {
    const isWanted = (one: Configured): boolean =>
      one.kind === kind &&
      one.name === name &&
      (one.namespace === undefined || by.namespace === undefined || one.namespace === by.namespace);
    const [printed] = this.#printedWith(by).filter(isWanted);
    if (printed) return printed.entries.map((entry) => this.#asWritten(entry, printed));
    this.#all ??= [...this.#objects(), ...this.#generated()];
    const fitting = this.#all.filter(isWanted);
    const near = (one: Configured): number => stepsTogether(one.folder, by.folder);
    const most = largest(fitting.map(near), -1);
    const [nearest, ...others] = fitting.filter((one) => near(one) === most);
    return others.length > 0 ? undefined : nearest?.entries;
  }

  #printedWith({ printing, folder }: GitOpsObject): readonly Configured[] {
    if (!printing) return [];
    const { source, roots } = printing;
    return roots.flatMap((root) => configuredBy(root, source, folder) ?? []);
  }

  /** The same text of a file, of which each line has its place; a generator gave the object's name a hash. */
  #asWritten(entry: Entry, { kind, name }: Configured): Entry {
    this.#all ??= [...this.#objects(), ...this.#generated()];
    const same = this.#all
      .filter((one) => one.kind === kind && `${name}-`.includes(`${one.name}-`))
      .flatMap(({ entries }) => entries)
      .find(({ key, text }) => key === entry.key && text === entry.text);
    return same ?? entry;
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
        key: rest.length > 0 ? first : lastPart(path),
        text,
        at: () => undefined,
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
      const at = (): Location | undefined => writtenOf({ source, start: value.start, end: value.end });
      return kind === 'ConfigMap' ? openEntry(key, value, at) : secretEntry(key, value, at, field === 'data');
    });
  });
  return isOpen ? { kind, ...metadata, folder, entries } : undefined;
}

function openEntry(key: string, scalar: YamlScalar, at: Entry['at']): Entry {
  return {
    key,
    text: scalar.text,
    at,
    values: () => {
      const root = readYaml(scalar.text).documents[0]?.root;
      return root ? { root, at: (node) => placeWithin(scalar, at(), node) } : undefined;
    },
  };
}

/** Of what is encoded nothing has a place of its own. */
function secretEntry(key: string, scalar: YamlScalar, written: Entry['at'], isEncoded: boolean): Entry {
  const text = isEncoded ? Buffer.from(scalar.text, 'base64').toString('utf8') : scalar.text;
  const at = isEncoded ? () => undefined : written;
  return {
    key,
    text: hiddenText(text),
    at,
    values: () => {
      const root = readYaml(text).documents[0]?.root;
      return root ? { root: hidden(root), at: (node) => placeWithin(scalar, at(), node) } : undefined;
    },
  };
}

/** How many folders two paths have in common. */
function stepsTogether(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')];
  const parted = a.findIndex((step, index) => step !== b[index]);
  return parted < 0 ? a.length : parted;
}
