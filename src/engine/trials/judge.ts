import { buildGraph } from '../../graph/build.ts';
import { endsOf } from '../../graph/links/ends.ts';
import { linksOf, type PortGraph } from '../../graph/links/port-graph.ts';
import { Budget } from '../../model/budget.ts';
import type { Resource } from '../../model/model.ts';
import { isRefused } from '../../model/refusal.ts';
import { isWorkload, resourceSet } from '../../model/resource-set.ts';
import type { Finding, Rule } from '../../rules/rule.ts';
import { batchesOf, type Trial } from './batches.ts';
import { findingKey, linkKey, type Tally, tallyEach } from './tally.ts';

/** What all trials of a run may follow together, in resources and links. */
export const MOST_FOLLOWED = 40_000;

export type Verdict = 'harmless' | 'harmful' | 'untried';

/**
 * What the fixes do, as far as the run can afford to look. Every graph asks every rule, whatever its size: fixes of
 * which none can reach another's neighbourhood are followed together, and what seems to do harm is tried once more by
 * itself.
 */
export function judgeTrials(
  trials: readonly Trial[],
  { model, settings }: PortGraph,
  rules: readonly Rule[],
): ReadonlyMap<Trial, Verdict> {
  const { setName, unread, isOutside, elsewhere, resources } = model;
  /** One for all of them. */
  const budget = new Budget(resources.length);
  let cost = 0;
  const followed = (parts: readonly (readonly Resource[])[]): readonly Tally[] => {
    const set = resourceSet(setName, parts.flat(), unread, isOutside);
    const graph = buildGraph({ ...set, elsewhere, budget }, settings);
    cost += weightOf(set.resources) + linksOf(graph).length;
    const tallies = tallyEach(graph, rules, parts);
    return tallies ?? parts.flatMap((part) => followed([part]));
  };
  let whole: readonly Tally[] | undefined;
  const before = (parts: readonly (readonly Resource[])[]): readonly Tally[] => {
    // A small set is one neighbourhood for all its findings.
    if (parts[0]?.length !== resources.length) return followed(parts);
    whole ??= followed(parts);
    return whole;
  };
  const verdicts = new Map<Trial, Verdict>();
  const judge = (batch: readonly Trial[]): void => {
    const after = new Map(
      followed(batch.map((one) => one.after)).map((tally, at) => [batch[at]!, tally] as const),
    );
    // Most fixes leave nothing behind: then it does not matter what there was before.
    const open = batch.filter((one) => !isClean(one.finding, after.get(one)!));
    const known = open.length > 0 ? before(open.map(({ near }) => near)) : [];
    for (const one of batch) verdicts.set(one, 'harmless');
    for (const [at, one] of open.entries()) {
      if (!isHarmless(one.finding, known[at]!, after.get(one)!)) verdicts.set(one, 'harmful');
    }
    // What was left out of one of them cannot be compared.
    if (isSpent()) for (const one of batch) verdicts.set(one, 'untried');
  };
  const isSpent = (): boolean => budget.limits.length > 0;
  const tryAll = (batch: readonly Trial[]): void => {
    if (isSpent() || cost > MOST_FOLLOWED) for (const one of batch) verdicts.set(one, 'untried');
    else judge(batch);
  };
  for (const batch of batchesOf(trials)) {
    tryAll(batch);
    const harmful = batch.filter((one) => verdicts.get(one) === 'harmful');
    if (batch.length > 1) for (const one of harmful) tryAll([one]);
  }
  return verdicts;
}

/** The containers of a Pod are compared with one another. */
export const weightOf = (resources: readonly Resource[]): number =>
  resources.reduce((sum, one) => sum + 1 + (isWorkload(one) ? one.template.containers.length ** 2 : 0), 0);

function isClean(finding: Finding, after: Tally): boolean {
  const findings = [...after.findings.keys()].some((one) => weighs(one, finding));
  return !findings && !after.findings.has(findingKey(finding)) && ![...after.links.keys()].some(isBroken);
}

const isBroken = (key: string): boolean => key.endsWith('\nbroken');

function isHarmless(finding: Finding, before: Tally, after: Tally): boolean {
  const key = findingKey(finding);
  if (many(after.findings, key) >= many(before.findings, key)) return false;
  // What the API server refused was not judged: what comes to light was there before.
  if (finding.resources.some(isRefused)) return true;
  if (grown(before.findings, after.findings, (one) => weighs(one, finding))) return false;
  if (grown(before.links, after.links, isBroken)) return false;
  const { link } = finding;
  if (link?.state !== 'broken') return true;
  const { resource } = endsOf(link).from;
  const broken = linkKey(link.kind, resource, 'broken');
  return many(after.links, broken) < many(before.links, broken);
}

/** An info that comes in place of an error is no harm: a containerPort that no longer matches, say. */
const weighs = (key: string, { severity }: Finding): boolean =>
  severity === 'info' || key.split('\n')[1] !== 'info';

const many = (counts: ReadonlyMap<string, number>, key: string): number => counts.get(key) ?? 0;

const grown = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  counts: (key: string) => boolean,
): boolean => [...after].some(([key, now]) => counts(key) && now > many(before, key));
