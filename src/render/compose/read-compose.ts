import { dirname, join, resolve } from 'node:path';
import { get } from '../../model/reader.ts';
import type { SourceFile } from '../../text/source.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { isWithin } from '../renderers.ts';
import { realOf } from '../repository.ts';
import type { WrittenFiles } from '../written.ts';
import { interpolate, readEnvFile, type Variables } from './interpolate.ts';
import { type ComposePort, longPorts, type PortMistake, shortPorts } from './ports.ts';

/** A service of a compose file, with what it extends. */
export interface ComposeService {
  readonly name: string;
  readonly nameNode: YamlScalar;
  readonly image: string | undefined;
  readonly imageNode: YamlNode | undefined;
  readonly ports: readonly ComposePort[];
  readonly environment: ReadonlyMap<string, string>;
  readonly command: readonly string[] | undefined;
  readonly entrypoint: readonly string[] | undefined;
  readonly profiles: readonly string[];
}

export interface ComposeProject {
  readonly source: SourceFile;
  readonly services: readonly ComposeService[];
  readonly mistakes: readonly PortMistake[];
}

/** Extended services may extend others; more than this is a circle. */
const DEEPEST = 16;

/** @param file absolute; undefined where it is no compose file */
export function readCompose(file: string, tree: string, written: WrittenFiles): ComposeProject | undefined {
  const read = written.read(file);
  const services = get(read?.roots[0], 'services');
  if (!read || services?.type !== 'map') return undefined;
  return new ComposeReader(file, tree, written).project(read.source, services);
}

class ComposeReader {
  readonly #file: string;
  readonly #tree: string;
  readonly #written: WrittenFiles;
  readonly #variables: Variables;
  readonly #mistakes: PortMistake[] = [];

  constructor(file: string, tree: string, written: WrittenFiles) {
    this.#file = file;
    this.#tree = tree;
    this.#written = written;
    this.#variables = this.#envFile(join(dirname(file), '.env')) ?? new Map();
  }

  project(source: SourceFile, services: YamlMap): ComposeProject {
    const all = services.entries.flatMap(({ key, keyNode, value }) =>
      value.type === 'map' ? this.#service(key, keyNode, this.#layers(value, this.#file, DEEPEST)) : [],
    );
    return { source, services: all, mistakes: this.#mistakes };
  }

  /** The service, and what it extends, nearest first. */
  #layers(service: YamlMap, file: string, depth: number): YamlMap[] {
    const extended = get(service, 'extends');
    const name = extended?.type === 'scalar' ? extended.text : this.#text(get(extended, 'service'));
    if (name === undefined || depth === 0) return [service];
    const other = this.#text(get(extended, 'file'));
    const from = other === undefined ? file : resolve(dirname(file), other);
    const base = this.#isInside(from) ? get(this.#written.read(from)?.roots[0], 'services', name) : undefined;
    return base?.type === 'map' ? [service, ...this.#layers(base, from, depth - 1)] : [service];
  }

  #service(name: string, nameNode: YamlScalar, layers: readonly YamlMap[]): ComposeService {
    const first = <T>(read: (layer: YamlMap) => T | undefined): T | undefined => {
      for (const layer of layers) {
        const value = read(layer);
        if (value !== undefined) return value;
      }
      return undefined;
    };
    const environment = new Map<string, string>();
    for (const layer of layers.toReversed()) {
      for (const path of this.#texts(layer, 'env_file'))
        for (const [key, value] of this.#envFile(resolve(dirname(this.#file), path)) ?? [])
          environment.set(key, value);
      for (const [key, value] of this.#environment(layer)) environment.set(key, value);
    }
    return {
      name,
      nameNode,
      image: first((layer) => this.#text(get(layer, 'image'))),
      imageNode: get(layers[0], 'image'),
      ports: layers.flatMap((layer) => this.#ports(layer)),
      environment,
      command: first((layer) => this.#words(get(layer, 'command'))),
      entrypoint: first((layer) => this.#words(get(layer, 'entrypoint'))),
      profiles: this.#texts(layers[0]!, 'profiles'),
    };
  }

  #ports(layer: YamlMap): ComposePort[] {
    const published = itemsOf(get(layer, 'ports')).map((item) =>
      item.type === 'scalar'
        ? shortPorts(interpolate(item.text, this.#variables), item)
        : longPorts((name) => this.#text(get(item, name)), item),
    );
    const exposed = itemsOf(get(layer, 'expose')).flatMap((item) =>
      item.type === 'scalar' ? [shortPorts(interpolate(item.text, this.#variables), item, false)] : [],
    );
    return [...published, ...exposed].flatMap((one) => {
      if (!('message' in one)) return one;
      this.#mistakes.push(one);
      return [];
    });
  }

  #environment(layer: YamlMap): [string, string][] {
    const node = get(layer, 'environment');
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
    return isWithin(realOf(path), this.#tree);
  }
}

const itemsOf = (node: YamlNode | undefined): readonly YamlNode[] =>
  node?.type === 'list' ? node.items : [];
