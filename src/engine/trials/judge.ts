import { buildInPieces } from '../../graph/build.ts';
import { endsOf } from '../../graph/links/ends.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { Budget } from '../../model/budget.ts';
import type { Resource } from '../../model/model.ts';
import { isRefused } from '../../model/refusal.ts';
import { isWorkload, resourceSet } from '../../model/resource-set.ts';
import type { Finding, Rule } from '../../rules/rule.ts';
import type { Pieces } from '../../text/pieces.ts';
import { batchesOf, type Trial } from './batches.ts';
import type { KeptTrials, Outcome } from './kept-trials.ts';
import { findingKey, linkKey, type Tally, tallyEach } from './tally.ts';
import { FailedTrial } from './trial-failed.ts';
import type { TrialRoom } from './trial-room.ts';

/** Of what may be followed; beyond, nothing is kept. */
const NEARLY_ALL = 0.9;

export type Verdict = Outcome['verdict'] | 'untried' | FailedTrial;

/**
 * What the fixes do, as far as the run can afford to look. Every graph asks every rule, whatever its size: fixes of
 * which none can reach another's neighbourhood are followed together, and what seems to do harm there is tried once
 * more by itself, unless all that is said of its neighbourhood is of its neighbourhood alone.
 */
export class Judging {
  readonly #verdicts = new Map<Trial, Verdict>();
  /** What was followed, with what was followed for kept outcomes. */
  #cost = 0;
  /** Of those whose neighbourhood is not all there is, for the next run. */
  readonly #outcomes = new Map<Trial, Outcome>();
  readonly #graph: PortGraph;
  readonly #rules: readonly Rule[];
  /** One for all of them. */
  readonly #budget: Budget;
  readonly #room: TrialRoom;
  readonly #kept: KeptTrials | undefined;
  /** What failed without any fix. */
  readonly #known: ReadonlySet<string>;
  #whole: Tally | undefined;
  /** Harm that others of a batch may have had a hand in. */
  readonly #mixed: Trial[] = [];

  /** @param kept outcomes of earlier runs, which cost what they did then: an answer is the same whoever asks */
  constructor(graph: PortGraph, rules: readonly Rule[], room: TrialRoom, kept?: KeptTrials) {
    this.#graph = graph;
    this.#rules = rules;
    this.#budget = new Budget(graph.model.resources.length);
    this.#room = room;
    this.#kept = kept;
    this.#known = new Set(graph.faults().map(({ message }) => message));
  }

  /** Some of a run's trials. Nothing of them is left here afterwards, unless for the next run. */
  *judge(trials: readonly Trial[]): Pieces<ReadonlyMap<Trial, Verdict>> {
    for (const batch of batchesOf(trials)) {
      yield* this.#try(batch);
      for (const one of this.#mixed.splice(0)) yield* this.#try([one]);
    }
    const verdicts = new Map(this.#verdicts);
    this.#verdicts.clear();
    return verdicts;
  }

  /**
   * When all of them are judged.
   *
   * @returns false where they have to be judged anew, from the first and without what is kept: which fixes are left
   * untried hangs on the order in which all of them are tried
   */
  end(): boolean {
    if (this.#kept && (this.#isSpent() || this.#cost > NEARLY_ALL * this.#room.followed)) {
      this.#kept.forget();
      return false;
    }
    if (this.#budget.isWhole) this.#kept?.keep(this.#outcomes);
    this.#room.followed -= this.#cost;
    return true;
  }

  *#try(batch: readonly Trial[]): Pieces<void> {
    if (this.#isSpent() || this.#cost > this.#room.followed) this.#leave(batch);
    else {
      const known = new Map(
        batch.flatMap((one) => {
          const outcome = this.#kept?.outcomeOf(one);
          return outcome ? [[one, outcome] as const] : [];
        }),
      );
      for (const [one, outcome] of known) this.#tell(one, outcome);
      const open = batch.filter((one) => !known.has(one));
      if (open.length > 0) yield* this.#followContained(open);
      // What was left out of one of them cannot be compared.
      if (this.#isSpent()) this.#leave(batch);
    }
  }

  /** Of several, each is tried by itself where following them throws. */
  *#followContained(batch: readonly Trial[]): Pieces<void> {
    try {
      yield* this.#follow(batch);
    } catch (thrown) {
      if (batch.length > 1) for (const one of batch) this.#mixed.push(one);
      else for (const one of batch) this.#verdicts.set(one, new FailedTrial(thrown));
    }
  }

  *#follow(batch: readonly Trial[]): Pieces<void> {
    const tallies = yield* this.#tallies(batch.map((one) => one.after));
    const after = new Map(tallies.map((tally, at) => [batch[at]!, tally] as const));
    // Most fixes leave nothing behind: then it does not matter what there was before.
    const open = batch.filter((one) => !isClean(one.finding, after.get(one)!));
    const known = yield* this.#before(open.map(({ near }) => near));
    const before = new Map(known.map((tally, at) => [open[at]!, tally] as const));
    for (const one of batch) {
      const [then, now] = [before.get(one), after.get(one)!];
      const verdict = !then || isHarmless(one.finding, then, now) ? 'harmless' : 'harmful';
      if (verdict === 'harmful' && !(now.isOfItself && then?.isOfItself)) this.#mixed.push(one);
      const isWhole = this.#isWhole(one.near);
      const cost = costOf(one.after, now) + (then && !isWhole ? costOf(one.near, then) : 0);
      this.#tell(one, { verdict, cost });
      if (!isWhole && this.#kept) this.#outcomes.set(one, { verdict, cost });
    }
  }

  #tell(one: Trial, { verdict, cost }: Outcome): void {
    this.#verdicts.set(one, verdict);
    this.#cost += cost;
  }

  #leave(batch: readonly Trial[]): void {
    for (const one of batch) this.#verdicts.set(one, 'untried');
  }

  *#before(parts: readonly (readonly Resource[])[]): Pieces<readonly Tally[]> {
    const [first] = parts;
    if (!first) return [];
    // A small set is one neighbourhood for all its findings.
    if (!this.#isWhole(first)) return yield* this.#tallies(parts);
    if (!this.#whole) {
      [this.#whole] = yield* this.#tallies(parts);
      this.#cost += costOf(first, this.#whole!);
    }
    return parts.map(() => this.#whole!);
  }

  #isWhole(near: readonly Resource[]): boolean {
    return near.length === this.#graph.model.resources.length;
  }

  #isSpent(): boolean {
    return this.#budget.limits.length > 0;
  }

  *#tallies(parts: readonly (readonly Resource[])[]): Pieces<readonly Tally[]> {
    const { model, settings } = this.#graph;
    const { setName, unread, isOutside, elsewhere } = model;
    const set = resourceSet(setName, parts.flat(), unread, isOutside);
    const graph = yield* buildInPieces({ ...set, elsewhere, budget: this.#budget }, settings);
    return yield* tallyEach(graph, this.#rules, parts, this.#known);
  }
}

/** In resources and links. */
const costOf = (part: readonly Resource[], { links }: Tally): number =>
  [...links.values()].reduce((sum, some) => sum + some, weightOf(part));

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
