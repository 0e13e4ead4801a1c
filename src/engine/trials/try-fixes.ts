import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Resource } from '../../model/model.ts';
import type { Finding, Fix, Rule } from '../../rules/rule.ts';
import type { LocatedFault } from '../../text/fault.ts';
import { groupBy } from '../../text/group-by.ts';
import { partitionPoint } from '../../text/partition-point.ts';
import type { Pieces } from '../../text/pieces.ts';
import type { SourceFile } from '../../text/source.ts';
import type { DecodeOptions } from '../decode-source.ts';
import type { Trial } from './batches.ts';
import { Judging, type Verdict, weightOf } from './judge.ts';
import type { KeptTrials, Prepared } from './kept-trials.ts';
import { neighbourhoods } from './neighbourhood.ts';
import { type Input, patch } from './patched.ts';
import { FailedTrial, trialFault } from './trial-failed.ts';
import { READ_AT_ONCE, type TrialRoom } from './trial-room.ts';

export interface Tried {
  /** With the fixes that are offered. */
  readonly findings: readonly Finding[];
  readonly faults: readonly LocatedFault[];
}

export interface TrialOptions extends DecodeOptions {
  /** How many objects there are in all, where these are part of them: what is near a fix is the same then. */
  readonly partOf?: number | undefined;
}

/**
 * Tries each fix on what was read before it is offered: its finding must go, its link must hold, no other link may
 * break, and no finding may come that weighs as much as an error or a warning. What does harm is left out. What the run cannot afford to try is left out too, and said; so is what cannot be tried, as that throws.
 *
 * @param rules that failed on none of the sets
 */
export function* keepHarmless(
  graph: PortGraph,
  findings: readonly Finding[],
  rules: readonly Rule[],
  options: TrialOptions,
  room: TrialRoom,
  kept?: KeptTrials,
): Pieces<Tried> {
  if (findings.every(({ fixes }) => fixes.length === 0)) return { findings, faults: [] };
  const before = { ...room };
  kept?.begin(graph, rules);
  const prepare = preparing(graph, options, room, kept);
  const judging = new Judging(graph, rules, room, kept);
  const verdicts: Verdict[][] = findings.map(() => []);
  const open: Open[] = [];
  const judge = function* (): Pieces<void> {
    const some = open.splice(0);
    const judged = yield* judging.judge(some.map(({ trial }) => trial));
    for (const { trial, finding, fix } of some) verdicts[finding]![fix] = judged.get(trial)!;
  };
  let { characters } = room;
  for (const [at, finding] of findings.entries()) {
    yield;
    for (const [place, fix] of finding.fixes.entries()) {
      const outcome = prepare(finding, fix);
      if (isVerdict(outcome)) verdicts[at]![place] = outcome;
      else open.push({ trial: outcome, finding: at, fix: place });
    }
    if (characters - room.characters < READ_AT_ONCE) continue;
    yield* judge();
    ({ characters } = room);
  }
  yield* judge();
  const isJudged = judging.end();
  kept?.end();
  if (!isJudged) {
    Object.assign(room, before);
    return yield* keepHarmless(graph, findings, rules, options, room);
  }
  const faults: LocatedFault[] = [];
  const left = findings.map((finding, at) => {
    if (finding.fixes.length === 0) return finding;
    const tried = finding.fixes.map((fix, place) => ({ fix, verdict: verdicts[at]![place]! }));
    for (const { fix, verdict } of tried)
      if (verdict instanceof FailedTrial) faults.push(trialFault(finding, fix, verdict));
    const fixes = tried.flatMap(({ fix, verdict }) => (verdict === 'harmless' ? fix : []));
    const untried = tried.flatMap(({ fix, verdict }) => (verdict === 'untried' ? untriedHelp(fix) : []));
    return { ...finding, fixes, help: [...finding.help, ...untried] };
  });
  return { findings: left, faults };
}

/** A trial that is to be judged, of which finding and fix in their order. */
interface Open {
  readonly trial: Trial;
  readonly finding: number;
  readonly fix: number;
}

const isVerdict = (outcome: Trial | Verdict): outcome is Verdict =>
  typeof outcome === 'string' || outcome instanceof FailedTrial;

const untriedHelp = ({ title }: Fix): string =>
  `${title}: not offered as a fix, since so much of the input would have to be read again to try it`;

/** What each fix makes of what is near, as far as the run can afford it. */
function preparing(
  graph: PortGraph,
  options: TrialOptions,
  room: TrialRoom,
  kept?: KeptTrials,
): (finding: Finding, fix: Fix) => Trial | Verdict {
  const nearTo = neighbourhoods(graph, options.partOf);
  const input = keptInput(graph.model.resources);
  const apply = (finding: Finding, { edits }: Fix, near: readonly Resource[]): Prepared => {
    const patched = patch(near, edits, options, input);
    if (!patched) return { trial: undefined, read: 0 };
    return { trial: { finding, near, after: patched.resources }, read: patched.read };
  };
  return (finding, fix) => {
    // What a user's configuration says is no resource that is applied.
    if (finding.resources.length === 0) return 'harmless';
    if (room.weight < 0 || room.characters < 0) return 'untried';
    try {
      const near = nearTo(finding.resources);
      const now = (): Prepared => apply(finding, fix, near);
      const { trial, read } = kept?.prepared(finding, fix, near, now) ?? now();
      if (!trial) return 'harmful';
      room.weight -= weightOf(near);
      room.characters -= read;
      return trial;
    } catch (thrown) {
      return new FailedTrial(thrown);
    }
  };
}

function keptInput(resources: readonly Resource[]): Input {
  const texts = new Map<SourceFile, string>();
  const bySource = groupBy(resources, ({ source }) => source);
  const byName = new Map<SourceFile, readonly Named[]>();
  return {
    textOf: (source) => {
      const text = texts.get(source) ?? source.text;
      texts.set(source, text);
      return text;
    },
    resourcesIn: (source, start, end) => {
      const named = byName.get(source) ?? inOrderOfNames(bySource.get(source) ?? []);
      byName.set(source, named);
      const first = partitionPoint(named, ({ resource }) => resource.nameAt.start < start);
      const behind = partitionPoint(named, ({ resource }) => resource.nameAt.start < end);
      return named
        .slice(first, behind)
        .sort((a, b) => a.place - b.place)
        .map(({ resource }) => resource);
    },
  };
}

/** An object, and which one of its source it is. */
interface Named {
  readonly resource: Resource;
  readonly place: number;
}

/** A name may be an alias of what stands elsewhere. */
const inOrderOfNames = (resources: readonly Resource[]): Named[] =>
  resources
    .map((resource, place) => ({ resource, place }))
    .sort((a, b) => a.resource.nameAt.start - b.resource.nameAt.start);
