import { settleKustomized } from '../../model/kustomized.ts';
import type { Resource } from '../../model/model.ts';
import { identityOf } from '../../model/resource-set.ts';
import type { SourceFile } from '../../text/source.ts';
import { type CheckOptions, type CheckResult, checkLoaded } from '../check.ts';
import { type DecodedSource, decodeSource } from '../decode-source.ts';
import { knownSecrets } from '../known-secrets.ts';
import type { Loaded } from '../load.ts';
import { reachOf } from './reach.ts';

/** A source of the last run, and what stands in its place by now. */
export interface ChangedSource {
  readonly before: SourceFile;
  readonly after: SourceFile;
}

/** What is near a change, checked as it was and as it is: what they differ in is what the change did. */
export interface NearResults {
  readonly before: CheckResult;
  readonly after: CheckResult;
}

/**
 * Looks at a change without looking at everything again. What lies far from it may matter all the same, such as a
 * name in another namespace that a sentence mentions: the answer holds until a whole run gives its own.
 *
 * @param loaded what the last run read
 * @returns undefined where the change touches what belongs to all: which sets there are, kustomizations, what does not
 * parse; or where much is near
 */
export function checkNear(
  last: CheckResult,
  loaded: Loaded,
  changed: readonly ChangedSource[],
  options: CheckOptions,
): NearResults | undefined {
  const [set] = last.sets;
  if (!set || last.sets.length > 1 || last.baseline || last.changes) return undefined;
  const olds = new Set(changed.map(({ before }) => before));
  const news = new Map(changed.map(({ after }) => [after, decodeSource(after, options)]));
  const isTold = ({ path }: { readonly path: string }): boolean =>
    changed.some(({ before }) => before.path === path);
  const isOfAll =
    [...news.values()].some(saysMoreThanObjects) ||
    last.errors.some(isTold) ||
    loaded.unread.some(({ source }) => olds.has(source)) ||
    loaded.kustomizations.some(
      (one) => isTold(one) || [...one.patchFiles, ...one.dataFiles].some((path) => isTold({ path })),
    );
  if (isOfAll) return undefined;

  const before = new Set(loaded.resources.filter(({ source }) => olds.has(source)));
  const after = new Map(
    [...news].map(([source, { resources }]) => [source, settled(resources, last, loaded)] as const),
  );
  const arrived = [...after.values()].flat();
  const { resources } = set.graph.model;
  const namespaces = new Set(resources.map(({ namespace }) => namespace));
  if (arrived.some(({ namespace }) => !namespaces.has(namespace))) return undefined;
  if (!isOfSameKinds(before, arrived) || definesTwice(resources, before, arrived)) return undefined;
  const texts = changed.flatMap(({ before, after }) => [before.text, after.text]);
  const near = reachOf(set.graph, before, texts);
  if (!near) return undefined;
  const around = near.filter((one) => !('outside' in one));

  const isNear = new Set(around.map(({ source }) => source));
  const beside = loaded.comments.filter(({ source }) => isNear.has(source) && !olds.has(source));
  const asItWas: Loaded = {
    ...loaded,
    sources: last.sources.filter(({ source }) => olds.has(source)),
    resources: around,
    errors: [],
    foreign: last.foreign.filter(isTold),
    comments: [...beside, ...loaded.comments.filter(({ source }) => olds.has(source))],
  };
  const asItIs: Loaded = {
    ...asItWas,
    sources: [...after].map(([source, { length }]) => ({ source, resources: length })),
    resources: [...around.filter((one) => !before.has(one)), ...arrived],
    foreign: [...news.values()].flatMap(({ foreign }) => foreign),
    comments: [...beside, ...[...news.values()].flatMap(({ comments }) => comments)],
  };
  const secrets = knownSecrets([...loaded.resources, ...arrived]);
  const results = [asItWas, asItIs].map(
    (one): CheckResult => ({ ...last, ...checkLoaded(one, options), secrets }),
  );
  const [was, is] = results;
  return was && is && results.every(({ sets, errors }) => sets.length === 1 && errors.length === 0)
    ? { before: was, after: is }
    : undefined;
}

const saysMoreThanObjects = ({ kustomizations, unread, errors, shapeless }: DecodedSource): boolean =>
  kustomizations.length + unread.length + errors.length + shapeless.length > 0;

/** As kustomizations of the input leave them, which have not changed. */
const settled = (
  resources: readonly Resource[],
  { sources }: CheckResult,
  { kustomizations }: Loaded,
): readonly Resource[] =>
  kustomizations.length === 0
    ? resources
    : settleKustomized(
        resources,
        kustomizations,
        (path) => sources.find(({ source }) => source.path === path)?.source.text,
      );

/** That there is an object of some kind at all may matter everywhere, as of a policy that portolan does not know. */
function isOfSameKinds(before: ReadonlySet<Resource>, arrived: readonly Resource[]): boolean {
  const kindsOf = (all: Iterable<Resource>): string =>
    [...new Set(Array.from(all, ({ apiVersion, kind }) => `${apiVersion} ${kind}`))].sort().join();
  return kindsOf(before) === kindsOf(arrived);
}

/** Which sets there are hangs on what is defined more than once. */
function definesTwice(
  all: readonly Resource[],
  before: ReadonlySet<Resource>,
  arrived: readonly Resource[],
): boolean {
  const counts = new Map<string, number>();
  for (const one of [...before, ...arrived]) {
    const identity = identityOf(one);
    if (identity !== undefined) counts.set(identity, 0);
  }
  for (const one of [...all.filter((one) => !before.has(one)), ...arrived]) {
    const identity = identityOf(one);
    const count = identity === undefined ? undefined : counts.get(identity);
    if (count !== undefined) counts.set(identity!, count + 1);
  }
  return [...counts.values()].some((count) => count > 1);
}
