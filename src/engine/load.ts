import { buildInputOf } from '../model/build-input.ts';
import type { Kustomization } from '../model/kustomization.ts';
import { settleKustomized } from '../model/kustomized.ts';
import type { Resource } from '../model/model.ts';
import type { Unread } from '../model/resource-set.ts';
import type { InputError } from '../sources/input-error.ts';
import { atOnce, type Pieces } from '../text/pieces.ts';
import type { SourceFile } from '../text/source.ts';
import { type DecodedSource, type DecodeOptions, decodeSource, type PlacedComment } from './decode-source.ts';

/** What the input holds, before it is split into sets. */
export interface Loaded {
  readonly sources: readonly { readonly source: SourceFile; readonly resources: number }[];
  readonly resources: readonly Resource[];
  /** Unrendered templates, and documents that do not parse. */
  readonly unread: readonly Unread[];
  readonly errors: readonly InputError[];
  /** What is no Kubernetes object: chart values, workflows, lists of labels, JSON with comments. It passes by, and is told. */
  readonly foreign: readonly InputError[];
  readonly comments: readonly PlacedComment[];
  /** What says how objects are changed before they are applied. */
  readonly kustomizations: readonly Kustomization[];
}

export interface LoadOptions extends DecodeOptions {
  /** What a source holds; whoever runs again keeps what has not changed. */
  readonly decoded?: ((source: SourceFile, options: DecodeOptions) => DecodedSource) | undefined;
}

/** Reads one source after the other and joins what they hold. */
export const load = (sources: Iterable<SourceFile>, options: LoadOptions): Loaded =>
  atOnce(loadInPieces(sources, options));

/** The same for who waits for something else meanwhile. */
export function* loadInPieces(sources: Iterable<SourceFile>, options: LoadOptions): Pieces<Loaded> {
  const { decoded = decodeSource } = options;
  const all: DecodedSource[] = [];
  for (const source of sources) {
    all.push(decoded(source, options));
    yield;
  }
  return join(all);
}

/** What a kustomization builds with is no object, and a list among its patches is a JSON patch. */
function join(all: readonly DecodedSource[]): Loaded {
  const kustomizations = all.flatMap((one) => one.kustomizations);
  const { patches, data } = buildInputOf(kustomizations);
  const sources = new Map(all.map(({ source }) => [source.path, source]));
  const isApplied = ({ source: { path } }: DecodedSource): boolean => !patches.has(path) && !data.has(path);
  const whole = all.map((one) => ({
    source: one.source,
    resources: isApplied(one) ? one.resources : [],
  }));
  const read = all.filter(({ source }) => !data.has(source.path));
  return {
    sources: whole.map(({ source, resources }) => ({ source, resources: resources.length })),
    resources: settleKustomized(
      whole.flatMap(({ resources }) => resources),
      kustomizations,
      (path) => sources.get(path)?.text,
    ),
    unread: read.flatMap(({ unread }) => unread),
    errors: [
      ...read.flatMap(({ errors }) => errors),
      ...all.filter(isApplied).flatMap(({ shapeless }) => shapeless),
    ],
    foreign: all.flatMap(({ foreign }) => foreign),
    comments: all.flatMap(({ comments }) => comments),
    kustomizations,
  };
}
