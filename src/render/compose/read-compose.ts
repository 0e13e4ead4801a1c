import { basename, dirname, join, resolve } from 'node:path';
import type { ImageBuild } from '../../model/image-build.ts';
import { get } from '../../model/reader.ts';
import type { Location, SourceFile } from '../../text/source.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { isWithin } from '../renderers.ts';
import type { WrittenFiles } from '../written.ts';
import { BuildReader } from './build.ts';
import { interpolate, readEnvFile, unsetIn, type Variables } from './interpolate.ts';
import { type ComposeMount, MountReader } from './mounts.ts';
import { type ComposePort, longPorts, type PortMistake, shortPorts } from './ports.ts';

/** A port, in the file that says it: that of the service, or of one that it extends. */
export interface PlacedPort extends ComposePort {
  readonly source: SourceFile;
}

/** A service of a compose file, with what it extends. */
export interface ComposeService {
  readonly name: string;
  readonly nameNode: YamlScalar;
  /** As it is named, or as compose calls what it builds: `shop-web`. */
  readonly image: string;
  /** How the image comes about; undefined where it is pulled, or where its Dockerfile is not in the repository. */
  readonly build: ImageBuild | undefined;
  /** Where the image is named. */
  readonly imageAt: Location | undefined;
  readonly ports: readonly PlacedPort[];
  /** Ranges that are left out, as they are written. */
  readonly wide: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly command: readonly string[] | undefined;
  readonly entrypoint: readonly string[] | undefined;
  /** Whose network it is in, where it has none of its own: the machine's, or another service's. */
  readonly network:
    | { readonly of: 'machine' }
    | { readonly of: 'service'; readonly name: string }
    | undefined;
  /** Other names that services of the project reach it by. */
  readonly aliases: readonly string[];
  readonly mounts: readonly ComposeMount[];
}

export interface ComposeProject {
  readonly source: SourceFile;
  readonly services: readonly ComposeService[];
  readonly mistakes: readonly PlacedMistake[];
  /** Files that it names and that are not read, as they lie outside the repository, or a link leads out of it. */
  readonly outside: readonly string[];
}

export interface PlacedMistake extends PortMistake {
  readonly source: SourceFile;
}

/** A service, or one that it extends, with the file that says so. */
interface Layer {
  readonly map: YamlMap;
  /** Absolute. */
  readonly file: string;
  readonly source: SourceFile;
}

/** Extended services may extend others; more than this is a circle. */
const DEEPEST = 16;

/** @param file absolute; undefined where it is no compose file */
export function readCompose(file: string, tree: string, written: WrittenFiles): ComposeProject | undefined {
  const read = written.read(file);
  const services = get(read?.roots[0], 'services');
  if (!read || services?.type !== 'map') return undefined;
  return new ComposeReader(file, tree, written).project(read.source, services, get(read.roots[0], 'name'));
}

class ComposeReader {
  readonly #file: string;
  readonly #tree: string;
  readonly #written: WrittenFiles;
  readonly #variables: Variables;
  readonly #mistakes: PlacedMistake[] = [];
  readonly #outside = new Set<string>();
  readonly #builds: BuildReader;
  #name = '';

  constructor(file: string, tree: string, written: WrittenFiles) {
    this.#file = file;
    this.#tree = tree;
    this.#written = written;
    this.#variables = this.#envFile(join(dirname(file), '.env')) ?? new Map();
    this.#builds = new BuildReader(
      (path) => this.#isInside(path),
      written,
      (node) => this.#text(node),
      (map, key) => this.#pairs(map, key),
    );
  }

  /** @param given its `name` */
  project(source: SourceFile, services: YamlMap, given: YamlNode | undefined): ComposeProject {
    this.#name = projectName(this.#text(given) ?? basename(dirname(this.#file)));
    const all = services.entries.flatMap(({ key, keyNode, value }) =>
      value.type === 'map'
        ? this.#service(key, keyNode, this.#layers({ map: value, file: this.#file, source }, DEEPEST))
        : [],
    );
    return { source, services: all, mistakes: this.#mistakes, outside: [...this.#outside] };
  }

  /** The service, and what it extends, nearest first. */
  #layers(layer: Layer, depth: number): [Layer, ...Layer[]] {
    const { map, file } = layer;
    const extended = get(map, 'extends');
    const name = extended?.type === 'scalar' ? extended.text : this.#text(get(extended, 'service'));
    if (name === undefined || depth === 0) return [layer];
    const other = this.#text(get(extended, 'file'));
    const from = other === undefined ? file : resolve(dirname(file), other);
    const read = this.#isInside(from) ? this.#written.read(from) : undefined;
    const base = get(read?.roots[0], 'services', name);
    if (!read || base?.type !== 'map') return [layer];
    return [layer, ...this.#layers({ map: base, file: from, source: read.source }, depth - 1)];
  }

  #service(name: string, nameNode: YamlScalar, layers: readonly [Layer, ...Layer[]]): ComposeService {
    const wide: string[] = [];
    const first = <T>(read: (map: YamlMap, layer: Layer) => T | undefined): T | undefined => {
      for (const layer of layers) {
        const value = read(layer.map, layer);
        if (value !== undefined) return value;
      }
      return undefined;
    };
    const environment = new Map<string, string>();
    for (const { map, file } of layers.toReversed()) {
      for (const path of this.#texts(map, 'env_file'))
        for (const [key, value] of this.#envFile(resolve(dirname(file), path)) ?? [])
          environment.set(key, value);
      for (const [key, value] of this.#pairs(map, 'environment')) environment.set(key, value);
    }
    const image = first((layer) => this.#text(get(layer, 'image'))) || `${this.#name}-${name}`;
    const build = first((layer, { file }) => this.#builds.read(get(layer, 'build'), dirname(file)));
    return {
      name,
      nameNode,
      image,
      build: build && { image, ...build },
      imageAt: first((map, { source }) => {
        const node = get(map, 'image');
        return node && { source, start: node.start, end: node.end };
      }),
      ports: layers.flatMap((layer) => this.#ports(layer, wide)),
      wide,
      environment,
      command: first((layer) => this.#words(get(layer, 'command'))),
      entrypoint: first((layer) => this.#words(get(layer, 'entrypoint'))),
      network: networkOf(first((layer) => this.#text(get(layer, 'network_mode')))),
      aliases: layers.flatMap(({ map }) => this.#aliases(map)),
      mounts: layers.flatMap(({ map, file }) => this.#mounts(map, dirname(file))),
    };
  }

  /** @param wide gets the ranges that are too wide */
  #ports({ map, source }: Layer, wide: string[]): PlacedPort[] {
    const published = itemsOf(get(map, 'ports')).map((item) =>
      item.type === 'scalar'
        ? shortPorts(interpolate(item.text, this.#variables), item)
        : longPorts((name) => this.#text(get(item, name)), item),
    );
    const exposed = itemsOf(get(map, 'expose')).flatMap((item) =>
      item.type === 'scalar' ? [shortPorts(interpolate(item.text, this.#variables), item, false)] : [],
    );
    return [...published, ...exposed].flatMap((one) => {
      if ('isWide' in one) wide.push(one.written);
      else if (!('message' in one)) return one.map((port) => ({ ...port, source }));
      else this.#mistakes.push({ ...this.#withUnset(one), source });
      return [];
    });
  }

  /** Who starts it has the variables in a file of their own, or is told that one is missing. */
  #withUnset(mistake: PortMistake): PortMistake {
    const { node } = mistake;
    const [name] = node.type === 'scalar' ? unsetIn(node.text, this.#variables) : [];
    if (name === undefined || node.type !== 'scalar') return mistake;
    const message = `\`${node.text}\` is no port while ${name} has no value: give it one in \`.env\`, or a default, as in \`\${${name}:-8080}\``;
    return { node, message };
  }

  /** A map, or a list of `KEY=VALUE`; what has no value comes from who starts it, and is not known. */
  #pairs(layer: YamlMap, key: string): [string, string][] {
    const node = get(layer, key);
    if (node?.type === 'map')
      return node.entries.flatMap(({ key, value }): [string, string][] =>
        value.type === 'scalar' && value.value !== null
          ? [[key, interpolate(value.text, this.#variables)]]
          : [],
      );
    return itemsOf(node).flatMap((item): [string, string][] => {
      if (item.type !== 'scalar' || !item.text.includes('=')) return [];
      const at = item.text.indexOf('=');
      return [[item.text.slice(0, at), interpolate(item.text.slice(at + 1), this.#variables)]];
    });
  }

  #aliases(map: YamlMap): string[] {
    const networks = get(map, 'networks');
    return [
      ...['container_name', 'hostname'].flatMap((key) => this.#text(get(map, key)) ?? []),
      ...(networks?.type === 'map' ? networks.entries : []).flatMap(({ value }) =>
        itemsOf(get(value, 'aliases')).flatMap((item) => this.#text(item) ?? []),
      ),
    ];
  }

  #mounts(map: YamlMap, folder: string): ComposeMount[] {
    const reader = new MountReader(folder, this.#tree, this.#written);
    return itemsOf(get(map, 'volumes')).flatMap((item) => {
      const [source, target] =
        item.type === 'scalar'
          ? (this.#text(item) ?? '').split(':')
          : ['source', 'target'].map((key) => this.#text(get(item, key)));
      return reader.read(source, target) ?? [];
    });
  }

  #text(node: YamlNode | undefined): string | undefined {
    if (node?.type !== 'scalar' || node.value === null) return undefined;
    return interpolate(node.text, this.#variables);
  }

  /** A text or a list of them. */
  #texts(layer: YamlMap, key: string): string[] {
    const node = get(layer, key);
    const one = this.#text(node);
    return one === undefined
      ? itemsOf(node).flatMap((item) => this.#text(item) ?? this.#text(get(item, 'path')) ?? [])
      : [one];
  }

  /** A command as a list, or as a text that is split into words. */
  #words(node: YamlNode | undefined): string[] | undefined {
    if (node?.type === 'list') return node.items.flatMap((item) => this.#text(item) ?? []);
    const text = this.#text(node);
    if (text === undefined || text.trim() === '') return undefined;
    return [...text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  }

  #envFile(path: string): Map<string, string> | undefined {
    const text = this.#isInside(path) ? this.#written.textOf(path) : undefined;
    return text === undefined ? undefined : readEnvFile(text);
  }

  #isInside(path: string): boolean {
    const is = isWithin(this.#written.realOf(path), this.#tree);
    if (!is) this.#outside.add(this.#written.shown(path));
    return is;
  }
}

/** As compose makes it of a folder's name (compose-go, `loader.NormalizeProjectName`). */
const projectName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '') || 'project';

function networkOf(mode: string | undefined): ComposeService['network'] {
  const [kind, name] = mode?.split(':') ?? [];
  if (kind === 'host') return { of: 'machine' };
  return kind === 'service' && name ? { of: 'service', name } : undefined;
}

const itemsOf = (node: YamlNode | undefined): readonly YamlNode[] =>
  node?.type === 'list' ? node.items : [];
