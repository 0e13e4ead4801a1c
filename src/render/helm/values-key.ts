import { resolve } from 'node:path';
import type { Location, SourceFile } from '../../text/source.ts';
import { readYaml } from '../../text/yaml.ts';
import type { Scalar, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import { follow, type Step } from '../../text/yaml-path.ts';
import { type BuildCache, digestOf } from '../build-cache.ts';
import type { WrittenFiles } from '../written.ts';
import { type InlineValues, mergedJson } from './inline-values.ts';
import { type Parameter, settingOf } from './parameter.ts';
import { type HelmCall, type OtherValues, runHelmNow } from './run-helm.ts';

/** A scalar of a file of values. */
export interface ValueKey {
  /** `service.port`, as templates write it behind `.Values.`. */
  readonly path: string;
  readonly scalar: YamlScalar;
  /** Where it was written; undefined where nobody may be led. */
  at(): Location | undefined;
  /** What Helm is given where the value is another one. */
  with(other: string): OtherValues;
}

/** All that is spent on finding keys for one chart: what is not found by then is shown in its template. */
const MILLISECONDS = 5_000;
/** Keys that are tried for one value. */
const MOST_KEYS = 6;

/** Scalars of the chart's values, and of those that the user or a controller gives; those that win come first. */
export function valueKeys(call: HelmCall, own: string, written: WrittenFiles): ValueKey[] {
  return [
    ...parameterKeys(call.parameters),
    ...inlineKeys(call.inline),
    ...fileKeys(call, call.isWithoutOwnValues ? undefined : own, written),
  ];
}

const parameterKeys = (parameters: readonly Parameter[]): ValueKey[] =>
  parameters.toReversed().map((one) => ({
    path: one.name,
    scalar: one.scalar,
    at: one.at,
    with: (other) => ({
      settings: parameters.map((each) => settingOf(each, each === one ? other : undefined)),
    }),
  }));

const inlineKeys = (layers: readonly InlineValues[]): ValueKey[] =>
  layers.toReversed().flatMap(({ root, at }) =>
    [...scalarsIn(root, '')].map(({ path, scalar }) => ({
      path,
      scalar,
      at: () => at(scalar),
      with: (other) => ({ inline: mergedJson(layers, { scalar, value: typed(scalar, other) })! }),
    })),
  );

/** Of the kind that the value has. */
const typed = ({ value }: YamlScalar, other: string): Scalar =>
  typeof value === 'number' ? Number(other) : typeof value === 'boolean' ? other === 'true' : other;

function fileKeys(call: HelmCall, own: string | undefined, written: WrittenFiles): ValueKey[] {
  const files = [...(call.settings.values ?? [])]
    .reverse()
    .map((path) => ({ path: resolve(call.cwd, path), instead: path }));
  const ofChart = own === undefined ? [] : [{ path: own, instead: undefined }];
  return [...files, ...ofChart].flatMap(({ path, instead }) => {
    const file = written.read(path);
    if (!file) return [];
    const { source } = file;
    return [...scalarsIn(file.roots[0], '')].map(({ path, scalar }) => ({
      path,
      scalar,
      at: () => ({ source, start: scalar.start, end: scalar.end }),
      with: (other) => ({ instead, text: withValue(source, scalar, other) }),
    }));
  });
}

function* scalarsIn(
  node: YamlNode | undefined,
  path: string,
): Generator<{ path: string; scalar: YamlScalar }> {
  if (node?.type === 'scalar') yield { path, scalar: node };
  else if (node?.type === 'list')
    for (const [index, item] of node.items.entries()) yield* scalarsIn(item, `${path}[${index}]`);
  else if (node)
    for (const { key, value } of node.entries) yield* scalarsIn(value, path === '' ? key : `${path}.${key}`);
}

/**
 * Finds the key of the values that decides what was printed, by rendering again with that one value changed: it is the
 * key's if the printed value follows. What was rendered is kept, so that nothing is rendered twice.
 */
export class KeyFinder {
  readonly #call: HelmCall;
  readonly #keys: readonly ValueKey[];
  readonly #cache: BuildCache;
  readonly #base: string | undefined;
  readonly #changed = new Map<ValueKey, readonly YamlNode[]>();
  #left = MILLISECONDS;

  /** @param base what the chart's own cache key is; nothing is kept without one */
  constructor(call: HelmCall, keys: readonly ValueKey[], cache: BuildCache, base: string | undefined) {
    this.#call = call;
    this.#keys = keys;
    this.#cache = cache;
    this.#base = base;
  }

  /**
   * @param document that the value was printed in
   * @param action the template's text that printed it; keys that it names are tried first
   */
  find(
    document: YamlNode,
    steps: readonly Step[],
    printed: YamlScalar,
    action: string,
  ): Location | undefined {
    const equal = this.#keys.filter(({ scalar }) => scalar.text === printed.text && printed.text !== '');
    const named = (key: ValueKey): boolean => action.includes(`.Values.${key.path}`);
    const tried = [...equal.filter(named), ...equal.filter((key) => !named(key))].slice(0, MOST_KEYS);
    for (const key of tried) {
      const other = otherValue(key.scalar);
      const there = follow(sameDocument(this.#renderedWith(key, other), document), steps);
      if (there?.type === 'scalar' && there.text === other) return key.at();
    }
    return undefined;
  }

  #renderedWith(key: ValueKey, other: string): readonly YamlNode[] {
    const known = this.#changed.get(key);
    if (known) return known;
    const values = key.with(other);
    const cacheKey = this.#base && digestOf([this.#base, partOf(values)]);
    const kept = this.#cache.get(cacheKey);
    const printed = kept ?? this.#render(values);
    if (kept === undefined && printed !== undefined) this.#cache.put(cacheKey, printed);
    const documents = readYaml(printed ?? '', undefined, true).documents.flatMap(({ root }) => root ?? []);
    this.#changed.set(key, documents);
    return documents;
  }

  #render(values: OtherValues): string | undefined {
    if (this.#left <= 0) return undefined;
    const begun = Date.now();
    const limits = { milliseconds: this.#left, bytes: 16 * 1024 * 1024 };
    const printed = runHelmNow(this.#call, values, limits);
    this.#left -= Date.now() - begun;
    return 'text' in printed ? printed.text : undefined;
  }
}

/** Another value of the same kind, which nothing else is likely to have. */
export function otherValue({ value, text }: YamlScalar): string {
  if (typeof value === 'number') return value === 46_213 ? '46214' : '46213';
  if (typeof value === 'boolean') return String(!value);
  return text === 'portolan-asks' ? 'portolan-tries' : 'portolan-asks';
}

/** The text of a file of values with one value changed. */
function withValue({ text }: SourceFile, scalar: YamlScalar, other: string): string {
  const quote = scalar.quoted ? JSON.stringify(other) : other;
  return text.slice(0, scalar.start) + quote + text.slice(scalar.end);
}

/** What tells one change from another in the cache. */
export const partOf = (values: OtherValues): string =>
  'settings' in values
    ? ['settings', ...values.settings].join('\0')
    : 'inline' in values
      ? `inline\0${values.inline}`
      : `${values.instead ?? ''}\0${values.text}`;

/** The object of the same kind and name; else the only one of its kind. */
function sameDocument(documents: readonly YamlNode[], document: YamlNode): YamlNode | undefined {
  const ofKind = documents.filter((one) => textAt(one, 'kind') === textAt(document, 'kind'));
  const named = ofKind.filter((one) => nameOf(one) === nameOf(document));
  return named[0] ?? (ofKind.length === 1 ? ofKind[0] : undefined);
}

const nameOf = (node: YamlNode): string | undefined => {
  const metadata =
    node.type === 'map' ? node.entries.find(({ key }) => key === 'metadata')?.value : undefined;
  return metadata && textAt(metadata, 'name');
};

function textAt(node: YamlNode, key: string): string | undefined {
  const value = node.type === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
  return value?.type === 'scalar' ? value.text : undefined;
}
