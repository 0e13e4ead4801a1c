import { settleKustomized } from '../../model/kustomized.ts';
import type { Resource } from '../../model/model.ts';
import type { Unread } from '../../model/resource-set.ts';
import { bundleOf, isComplete } from '../../text/bundle.ts';
import type { SourceFile } from '../../text/source.ts';
import { type CheckOptions, type CheckResult, checkLoaded } from '../check.ts';
import { type DecodedSource, decodeSource } from '../decode-source.ts';
import { type Secrets, secretsAmong, secretsIn } from '../known-secrets.ts';
import type { Loaded } from '../load.ts';
import type { Change, ChangedSource } from './change.ts';
import { definesApart } from './defines-apart.ts';
import { inOrderOf, orderWith } from './order.ts';
import { turnsForAll } from './plain-kinds.ts';
import { reachOf } from './reach.ts';

/** All that the last run was made from. */
export interface LastRun {
  readonly found: CheckResult;
  readonly loaded: Loaded;
  readonly secrets: Secrets;
  readonly options: CheckOptions;
}

/** What is near a change, checked as it was and as it is: what they differ in is what the change did. */
export interface NearResults {
  readonly before: CheckResult;
  readonly after: CheckResult;
  /** All sources as they are, by their paths and in the order of the input. */
  readonly paths: readonly string[];
}

/**
 * Looks at a change without looking at everything again. What lies far from it may matter all the same, such as a name
 * far away that a sentence mentions: the answer holds until a whole run gives its own.
 *
 * @returns undefined where the change touches what belongs to all: which sets there are, kustomizations, what nobody
 * knows; or where much is near
 */
export function checkNear(
  { found, loaded, secrets, options }: LastRun,
  changed: readonly ChangedSource[],
): NearResults | undefined {
  const [set] = found.sets;
  if (!set || found.sets.length > 1 || found.baseline || found.changes) return undefined;
  const olds = new Set(changed.flatMap(({ before }) => before ?? []));
  const news = changed.flatMap(({ after }) => (after ? [decodeSource(after, options)] : []));
  if (isOfAll(changed, news, loaded)) return undefined;

  const { resources } = set.graph.model;
  const before = new Set(resources.filter(({ source }) => olds.has(source)));
  const after = news.flatMap((one) => settled(one, found, loaded));
  if (after.length === 0 && before.size === resources.length) return undefined;
  if (definesApart(resources, before, after) || turnsForAll(resources, before, after)) return undefined;
  const unread = unreadAfter(loaded, olds, news);
  const near = reachOf(
    set.graph,
    found.sources.map(({ source }) => source),
    changeOf(resources, before, after, { changed, loaded, unread }),
  );
  if (!near) return undefined;
  const around = near.filter((one) => !('outside' in one));

  const isTold = ({ path }: { readonly path: string }): boolean =>
    changed.some((one) => one.before?.path === path);
  const isNear = new Set(around.map(({ source }) => source));
  const beside = loaded.comments.filter(({ source }) => isNear.has(source) && !olds.has(source));
  const asItWas: Loaded = {
    ...loaded,
    sources: found.sources.filter(({ source }) => olds.has(source)),
    resources: around,
    errors: loaded.errors.filter(isTold),
    foreign: found.foreign.filter(isTold),
    comments: [...beside, ...loaded.comments.filter(({ source }) => olds.has(source))],
  };
  const order = orderWith(
    found.sources.map(({ source }) => source),
    changed,
  );
  const asItIs: Loaded = {
    ...asItWas,
    sources: news.map(({ source, resources }) => ({ source, resources: resources.length })),
    resources: inOrderOf(order, [...around.filter((one) => !before.has(one)), ...after]),
    unread,
    errors: news.flatMap(({ errors, shapeless }) => [...errors, ...shapeless]),
    foreign: news.flatMap(({ foreign }) => foreign),
    comments: [...beside, ...news.flatMap(({ comments }) => comments)],
  };
  const known = secretsAmong([secrets, secretsIn(after)]);
  const check = (part: Loaded): CheckResult => ({
    ...found,
    ...checkLoaded(part, { ...options, partOf: resources.length }),
    secrets: known,
  });
  const results = { before: check(asItWas), after: check(asItIs) };
  return isSound(results.before, asItWas) && isSound(results.after, asItIs)
    ? { ...results, paths: order.map(({ path }) => path) }
    : undefined;
}

/** What the whole input is read by. */
function isOfAll(
  changed: readonly ChangedSource[],
  news: readonly DecodedSource[],
  { kustomizations }: Loaded,
): boolean {
  const both = changed.flatMap(({ before, after }) => [
    ...(before ? [before] : []),
    ...(after ? [after] : []),
  ]);
  const comesOrGoes = changed.flatMap(({ before, after }) =>
    before && after ? [] : (before ?? after ?? []),
  );
  const isForeign = ({ source, foreign }: DecodedSource): boolean =>
    foreign.length > 0 && comesOrGoes.includes(source);
  return (
    // It may be what manifests are made of.
    news.some(isForeign) ||
    news.some((one) => one.kustomizations.length > 0) ||
    both.some(({ path }) =>
      kustomizations.some((one) => one.path === path || [...one.patchFiles, ...one.dataFiles].includes(path)),
    ) ||
    comesOrGoes.some((source) => isComplete(bundleOf({ source })))
  );
}

/** As kustomizations of the input leave them, which have not changed. */
const settled = (
  { resources }: DecodedSource,
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

const unreadAfter = (
  { unread }: Loaded,
  olds: ReadonlySet<SourceFile>,
  news: readonly DecodedSource[],
): readonly Unread[] => {
  const found = news.flatMap((one) => one.unread);
  const stays = unread.filter(({ source }) => !olds.has(source));
  return found.length === 0 && stays.length === unread.length ? unread : [...stays, ...found];
};

function changeOf(
  all: readonly Resource[],
  before: ReadonlySet<Resource>,
  after: readonly Resource[],
  {
    changed,
    loaded,
    unread,
  }: {
    readonly changed: readonly ChangedSource[];
    readonly loaded: Loaded;
    readonly unread: readonly Unread[];
  },
): Change {
  const namespaces = new Set<string>();
  for (const one of all) if (!before.has(one)) namespaces.add(one.namespace);
  return {
    sources: changed.flatMap((one) => [
      ...(one.before ? [one.before] : []),
      ...(one.after ? [one.after] : []),
    ]),
    before,
    after,
    namespaces,
    unread: [
      ...loaded.unread.filter((one) => !unread.includes(one)),
      ...unread.filter((one) => !loaded.unread.includes(one)),
    ],
    turns: (loaded.unread.length === 0) !== (unread.length === 0),
  };
}

/** It is one set, and nothing failed that does not fail because of what was read. */
const isSound = ({ sets, errors }: CheckResult, { errors: read }: Loaded): boolean =>
  sets.length === 1 && errors.length === read.length;
