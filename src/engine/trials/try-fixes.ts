import { buildGraph } from '../../graph/build.ts';
import { endsOf } from '../../graph/links/ends.ts';
import { linksOf, type PortGraph } from '../../graph/links/port-graph.ts';
import { Budget } from '../../model/budget.ts';
import type { Resource } from '../../model/model.ts';
import { isRefused } from '../../model/refusal.ts';
import { groupBy, resourceSet } from '../../model/resource-set.ts';
import type { Finding, Fix, Rule } from '../../rules/rule.ts';
import type { SourceFile } from '../../text/source.ts';
import type { DecodeOptions } from '../decode-source.ts';
import { neighbourhoods } from './neighbourhood.ts';
import { type Input, patch } from './patched.ts';
import { findingKey, linkKey, type Tally, tally } from './tally.ts';

/** What all trials of a run may cost together: resources and links followed again, and characters read again. */
const MOST_FOLLOWED = 40_000;
const MOST_CHARACTERS = 4_000_000;

/**
 * Tries each fix on what was read before it is offered: its finding must go, its link must hold, no other link may
 * break, and no finding may come that weighs as much as an error or a warning. What does harm is left out. What the run cannot afford to try is left out too, and said.
 */
export function keepHarmless(
  graph: PortGraph,
  findings: readonly Finding[],
  rules: readonly Rule[],
  options: DecodeOptions,
): readonly Finding[] {
  if (findings.every(({ fixes }) => fixes.length === 0)) return findings;
  const trial = new Trial(graph, rules, options);
  return findings.map((finding) => {
    if (finding.fixes.length === 0) return finding;
    const verdicts = finding.fixes.map((fix) => ({ fix, verdict: trial.judge(finding, fix) }));
    const fixes = verdicts.flatMap(({ fix, verdict }) => (verdict === 'harmless' ? fix : []));
    const untried = verdicts.flatMap(({ fix, verdict }) => (verdict === 'untried' ? untriedHelp(fix) : []));
    return { ...finding, fixes, help: [...finding.help, ...untried] };
  });
}

const untriedHelp = ({ title }: Fix): string =>
  `${title}: not offered as a fix, since so much of the input would have to be read again to try it`;

type Verdict = 'harmless' | 'harmful' | 'untried';

class Trial {
  readonly #graph: PortGraph;
  readonly #rules: readonly Rule[];
  readonly #options: DecodeOptions;
  readonly #near: (changed: readonly Resource[]) => readonly Resource[];
  readonly #input: Input;
  readonly #before = new Map<string, Tally>();
  #followed = 0;
  #characters = 0;
  /** One for all of them. */
  readonly #budget: Budget;

  constructor(graph: PortGraph, rules: readonly Rule[], options: DecodeOptions) {
    this.#graph = graph;
    this.#rules = rules;
    this.#options = options;
    this.#near = neighbourhoods(graph);
    this.#budget = new Budget(graph.model.resources.length);
    this.#input = keptInput(graph.model.resources);
  }

  judge(finding: Finding, fix: Fix): Verdict {
    // What a user's configuration says is no resource that is applied.
    if (finding.resources.length === 0) return 'harmless';
    if (
      this.#budget.limits.length > 0 ||
      this.#followed > MOST_FOLLOWED ||
      this.#characters > MOST_CHARACTERS
    )
      return 'untried';
    const near = this.#near(finding.resources);
    const patched = patch(near, fix.edits, this.#options, this.#input);
    if (!patched) return 'harmful';
    this.#characters += patched.read;
    const after = this.#tally(patched.resources);
    // What was left out of one of them cannot be compared.
    if (this.#budget.limits.length > 0) return 'untried';
    // Most fixes leave nothing behind: then it does not matter what there was before.
    if (isClean(finding, after)) return 'harmless';
    return isHarmless(finding, this.#tallyOf(near), after) ? 'harmless' : 'harmful';
  }

  #tallyOf(near: readonly Resource[]): Tally {
    // A small set is one neighbourhood for all its findings.
    const key = near.length === this.#graph.model.resources.length ? '' : undefined;
    const known = key === undefined ? undefined : this.#before.get(key);
    if (known) return known;
    const made = this.#tally(near);
    if (key !== undefined) this.#before.set(key, made);
    return made;
  }

  #tally(resources: readonly Resource[]): Tally {
    const { model, settings } = this.#graph;
    const { setName, templates, isOutside, elsewhere } = model;
    const graph = buildGraph(
      { ...resourceSet(setName, resources, templates, isOutside), elsewhere, budget: this.#budget },
      settings,
    );
    this.#followed += resources.length + linksOf(graph).length + pairsOfContainers(graph);
    return tally(graph, this.#rules);
  }
}

/** Those of a Pod are compared with one another. */
const pairsOfContainers = ({ model }: PortGraph): number =>
  model.workloads.reduce((sum, { template }) => sum + template.containers.length ** 2, 0);

function keptInput(resources: readonly Resource[]): Input {
  const texts = new Map<SourceFile, string>();
  const bySource = groupBy(resources, ({ source }) => source);
  return {
    textOf: (source) => {
      const text = texts.get(source) ?? source.text;
      texts.set(source, text);
      return text;
    },
    resourcesOf: (source) => bySource.get(source) ?? [],
  };
}

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
