import type { ConfigMap, EnvSource, Secret } from '../../model/model.ts';
import { greatestOf, Prefixes } from '../../text/prefixes.ts';
import type { Located, Location } from '../../text/source.ts';
import { valuesHolding } from './values-holding.ts';

/** One variable of a container, with where its value was written. */
export interface Variable {
  readonly name: string;
  /** Undefined when the input cannot tell: a Secret or ConfigMap that is not there, a field known only at run time. */
  readonly value: string | undefined;
  /** The characters of the value, in the env entry or in the ConfigMap or Secret; the reference when unknown. */
  readonly at: Location;
  /** For people: `env`, `ConfigMap media/abs-config`, `Secret media/abs`. */
  readonly from: string;
  /** True when some of the value comes from a Secret. */
  readonly secret: boolean;
}

type Layer = ReadonlyMap<string, Variable>;
/** Always the same function, of which the answers are kept. */
export type Passes = (variable: Variable) => boolean;

/** Layers are asked one by one up to here; more are put into one when a name is first looked for. */
const MOST_LAYERS = 32;

/**
 * What `envFrom` gives, a layer for each source, the later over the earlier. A source is one layer for all containers
 * that take it with the same prefix: a thousand Pods that take a thousand keys have a thousand and not a million
 * variables, and who looks for some of them looks once.
 */
export class Sources {
  readonly #layers: readonly (SourceLayer | undefined)[];
  readonly #sources: readonly EnvSource[];
  /** Sources that are not in the input, and may write over whatever earlier ones set. */
  readonly #missing = new Prefixes<number>();
  #top: Map<string, number> | undefined;
  readonly complete: boolean;

  constructor(sources: readonly EnvSource[], find: (source: EnvSource) => ConfigMap | Secret | undefined) {
    this.#sources = sources;
    this.#layers = sources.map((source, place) => {
      const object = find(source);
      if (!object) this.#missing.set(source.prefix, place);
      return object && layerOf(object, source.prefix);
    });
    this.complete = this.#layers.every((layer) => layer !== undefined);
  }

  get(name: string): Variable | undefined {
    const place = this.#placeOf(name);
    return place === undefined ? undefined : this.#at(place, name);
  }

  /** Those that a later source writes over, in their order (S-092). */
  below(name: string): readonly Variable[] {
    const places = this.#layers.flatMap((layer, place) => (layer?.has(name) ? place : []));
    const missing = this.complete ? [] : this.#missing.of(name);
    return places
      .slice(0, -1)
      .flatMap((place, at) =>
        missing.some((one) => one > place && one < places[at + 1]!) ? [] : this.#layers[place]!.get(name)!,
      );
  }

  names(): readonly string[] {
    return [...new Set(this.#layers.flatMap((layer) => layer?.names() ?? []))];
  }

  where(passes: Passes): readonly Variable[] {
    const [only] = this.#layers;
    if (only && this.#layers.length === 1) return only.where(passes);
    return this.#layers.flatMap((layer, place) =>
      layer
        ? layer.where(passes).flatMap(({ name }) => {
            if (this.#placeOf(name) !== place) return [];
            const variable = this.#at(place, name);
            return passes(variable) ? variable : [];
          })
        : [],
    );
  }

  /** Of the last one that gives it. */
  #placeOf(name: string): number | undefined {
    if (this.#layers.length > MOST_LAYERS) {
      this.#top ??= new Map(
        this.#layers.flatMap((layer, place) => (layer?.names() ?? []).map((name) => [name, place] as const)),
      );
      return this.#top.get(name);
    }
    const place = this.#layers.findLastIndex((layer) => layer?.has(name));
    return place < 0 ? undefined : place;
  }

  #at(place: number, name: string): Variable {
    const last = this.complete ? -1 : greatestOf(this.#missing, name);
    if (last < place) return this.#layers[place]!.get(name)!;
    const { kind, name: object } = this.#sources[last]!;
    return unknown(name, object, `${kind} ${object.value}`);
  }
}

/** What a container is given: by `envFrom`, and over it by `env` and by whatever starts its program. */
export class Variables {
  static readonly none: Variables = new Variables();
  readonly #sources: Sources | undefined;
  readonly #own: Layer;

  constructor(sources?: Sources, own: Layer = new Map()) {
    this.#sources = sources;
    this.#own = own;
  }

  over(layer: Layer): Variables {
    return new Variables(this.#sources, new Map([...this.#own, ...layer]));
  }

  get(name: string): Variable | undefined {
    return this.#own.get(name) ?? this.#sources?.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  names(): readonly string[] {
    const own = [...this.#own.keys()];
    return this.#sources ? [...new Set([...this.#sources.names(), ...own])] : own;
  }

  /** Those that pass, which is asked once of what many containers share. */
  where(passes: Passes): readonly Variable[] {
    const given = this.#sources?.where(passes) ?? [];
    if (this.#own.size === 0) return given;
    return [...given.filter(({ name }) => !this.#own.has(name)), ...[...this.#own.values()].filter(passes)];
  }
}

/** What an object gives that passes. */
export const givenBy = (object: ConfigMap | Secret, prefix: string, passes: Passes): readonly Variable[] =>
  layerOf(object, prefix).where(passes);

const holding = new WeakMap<RegExp, Passes>();
const patterns = new WeakMap<Passes, RegExp>();

/** Whether a pattern is found in a value, as the one function that is asked for this pattern. */
export function holds(pattern: RegExp): Passes {
  const passes = holding.get(pattern) ?? (({ value }) => value !== undefined && pattern.test(value));
  holding.set(pattern, passes);
  patterns.set(passes, pattern);
  return passes;
}

const layers = new WeakMap<ConfigMap | Secret, Map<string, SourceLayer>>();

function layerOf(object: ConfigMap | Secret, prefix: string): SourceLayer {
  const byPrefix = layers.get(object) ?? new Map<string, SourceLayer>();
  layers.set(object, byPrefix);
  const layer = byPrefix.get(prefix) ?? new SourceLayer(object, prefix);
  byPrefix.set(prefix, layer);
  return layer;
}

/**
 * What an object gives under a prefix: only `data`, as what a ConfigMap holds as binaryData is never a variable (S-096).
 * Each container may have a prefix of its own, so that variables are made for who finds them, and none is kept.
 */
class SourceLayer {
  readonly #object: ConfigMap | Secret;
  readonly #prefix: string;
  readonly #passed = new Map<Passes, readonly Variable[]>();

  constructor(object: ConfigMap | Secret, prefix: string) {
    this.#object = object;
    this.#prefix = prefix;
  }

  get(name: string): Variable | undefined {
    if (!name.startsWith(this.#prefix) || !isName(name)) return undefined;
    const value = this.#object.data.get(name.slice(this.#prefix.length));
    return value && fromObject(name, this.#object, value);
  }

  has(name: string): boolean {
    return (
      name.startsWith(this.#prefix) && isName(name) && this.#object.data.has(name.slice(this.#prefix.length))
    );
  }

  names(): readonly string[] {
    return [...this.#object.data.keys()].map((key) => `${this.#prefix}${key}`).filter(isName);
  }

  where(passes: Passes): readonly Variable[] {
    const known = this.#passed.get(passes);
    if (known) return known;
    const found = this.#find(passes);
    this.#passed.set(passes, found);
    return found;
  }

  #find(passes: Passes): readonly Variable[] {
    const pattern = patterns.get(passes);
    if (pattern)
      return valuesHolding(this.#object, pattern).flatMap(([key]) => this.get(`${this.#prefix}${key}`) ?? []);
    const found: Variable[] = [];
    for (const [key, value] of this.#object.data) {
      const name = `${this.#prefix}${key}`;
      const variable = fromObject(name, this.#object, value);
      if (passes(variable) && isName(name)) found.push(variable);
    }
    return found;
  }
}

/** Names that the API server accepts; before 1.32 fewer were, and the kubelet left the others out (S-098). */
export const isName = (name: string): boolean => /^[ -<>-~]+$/.test(name);

export const fromObject = (
  name: string,
  object: ConfigMap | Secret,
  { value, at }: Located<string>,
): Variable => ({
  name,
  value,
  at,
  from: nameOf(object),
  secret: object.kind === 'Secret',
});

export const unknown = (name: string, at: Location, from: string): Variable => ({
  name,
  value: undefined,
  at,
  from,
  secret: from.startsWith('Secret '),
});

export const nameOf = ({ kind, namespace, name }: ConfigMap | Secret): string =>
  `${kind} ${namespace}/${name}`;
