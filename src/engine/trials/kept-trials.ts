import { resourcesOf } from '../../graph/links/joined.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Settings } from '../../graph/links/settings.ts';
import type { Resource } from '../../model/model.ts';
import type { Finding, Fix, Rule } from '../../rules/rule.ts';
import type { Edit } from '../../text/source.ts';
import type { Trial } from './batches.ts';

/** What became of a trial, and how much was followed for it. */
export interface Outcome {
  readonly verdict: 'harmless' | 'harmful';
  readonly cost: number;
}

/** A fix that was tried, or could not be applied where there is no trial. */
export interface Prepared {
  readonly trial: Trial | undefined;
  /** How many characters were read for it. */
  readonly read: number;
}

/**
 * What the trials of the last run came to. A trial is asked again only where its finding, its edits, or one of the
 * objects near it is another one: nothing else goes into it.
 */
export class KeptTrials {
  #last = new Map<string, Entry>();
  #next = new Map<string, Entry>();
  #outcomes = new WeakMap<Trial, Outcome>();
  #under: Conditions | undefined;
  /** The last run that came to its end; another may have begun since. */
  #ended: { readonly under: Conditions; readonly entries: Map<string, Entry> } | undefined;
  /** Of all the input, where this is for part of it. */
  readonly #whole: KeptTrials | undefined;

  constructor(whole?: KeptTrials) {
    this.#whole = whole;
  }

  /** Knows what this knows, and leaves nothing in it. */
  aside(): KeptTrials {
    return new KeptTrials(this);
  }

  /** A run begins; what was not asked for in the last one is forgotten. */
  begin({ model, settings }: PortGraph, rules: readonly Rule[]): void {
    const now = { rules, settings, unread: model.unread, isOutside: model.isOutside };
    this.#last = this.endedUnder(now) ?? this.#whole?.endedUnder(now) ?? new Map();
    this.#next = new Map();
    this.#under = now;
  }

  end(): void {
    if (this.#under) this.#ended = { under: this.#under, entries: this.#next };
    this.#last = new Map();
  }

  /** What the last run asked for, if it was a run like this one. */
  private endedUnder(now: Conditions): Map<string, Entry> | undefined {
    return this.#ended && isSameUnder(this.#ended.under, now) ? this.#ended.entries : undefined;
  }

  /** What was prepared for the fix, or is now. */
  prepared(finding: Finding, fix: Fix, near: readonly Resource[], prepare: () => Prepared): Prepared {
    const key = keyOf(finding, fix);
    const known = this.#last.get(key);
    const entry =
      known && isSameTrial(known, finding, fix, near)
        ? known
        : { finding, edits: fix.edits, near, prepared: prepare() };
    this.#next.set(key, entry);
    return entry.prepared;
  }

  outcomeOf(trial: Trial): Outcome | undefined {
    return this.#outcomes.get(trial) ?? this.#whole?.outcomeOf(trial);
  }

  keep(outcomes: Iterable<readonly [Trial, Outcome]>): void {
    for (const [trial, outcome] of outcomes) this.#outcomes.set(trial, outcome);
  }

  forget(): void {
    this.#outcomes = new WeakMap();
  }
}

interface Entry {
  readonly finding: Finding;
  readonly edits: readonly Edit[];
  readonly near: readonly Resource[];
  readonly prepared: Prepared;
}

/** What every trial of a run is judged under. */
interface Conditions {
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly unread: readonly unknown[];
  readonly isOutside: unknown;
}

const isSameUnder = (before: Conditions, now: Conditions): boolean =>
  before.isOutside === now.isOutside &&
  isSameList(before.rules, now.rules) &&
  isSameList(before.unread, now.unread) &&
  isSameSettings(before.settings, now.settings);

/** A run gathers its lists anew, from parts that may be the same. */
function isSameSettings(before: Settings, now: Settings): boolean {
  const others = new Map<string, unknown>(Object.entries(now));
  const all = Object.entries(before);
  return all.length === others.size && all.every(([name, one]) => isSame(one, others.get(name)));
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (Array.isArray(one) && Array.isArray(other) && isSameList(one, other));

const isSameList = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at]);

const keyOf = ({ rule, field }: Finding, { title, edits }: Fix): string =>
  [
    rule,
    field,
    title,
    ...edits.map(({ at, text }) => `${at.source.path}:${at.start}-${at.end}:${text}`),
  ].join('\0');

/** The rule, the field and the edits' words and places are in the key; what they are of may be another version. */
const isSameTrial = (known: Entry, finding: Finding, { edits }: Fix, near: readonly Resource[]): boolean =>
  known.finding.severity === finding.severity &&
  isSameList(known.finding.resources, finding.resources) &&
  isSameLink(known.finding.link, finding.link) &&
  isSameList(known.near, near) &&
  isSameList(
    known.edits.map(({ at }) => at.source),
    edits.map(({ at }) => at.source),
  );

const isSameLink = (one: Finding['link'], other: Finding['link']): boolean =>
  one === undefined || other === undefined
    ? one === other
    : one.kind === other.kind && one.state === other.state && resourcesOf(one)[0] === resourcesOf(other)[0];
