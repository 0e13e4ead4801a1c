import type { Policy } from '../config/policy.ts';
import type { Baseline } from '../report/baseline.ts';
import type { Report } from '../report/report.ts';
import type { Rule } from '../rules/rule.ts';
import type { Denied } from '../sources/denied.ts';
import type { Changes } from '../sources/git-changes.ts';
import type { InputError } from '../sources/input-error.ts';
import type { Planned } from '../sources/planned.ts';
import type { LocatedFault } from '../text/fault.ts';
import { atOnce, type Pieces } from '../text/pieces.ts';
import type { SourceFile } from '../text/source.ts';
import { askInPieces } from './ask-rules.ts';
import type { PlacedComment } from './decode-source.ts';
import { faultErrors, limitErrors } from './fault-errors.ts';
import { type FollowOptions, followSets } from './follow-sets.ts';
import { type Loaded, type LoadOptions, load } from './load.ts';
import type { SetResult } from './merge-sets.ts';
import { TrialRoom } from './trials/trial-room.ts';
import { keepHarmless, type TrialOptions } from './trials/try-fixes.ts';

export interface CheckOptions extends LoadOptions, FollowOptions, TrialOptions {
  readonly rules: readonly Rule[];
}

/** Findings that do not count, as they were there before. */
export interface UsedBaseline extends Baseline {
  /** Whether this run reads a file, so that what is not found in it is mended. */
  readonly isRead: (path: string) => boolean;
}

/** Everything that one run found out, in memory; `toReport` words it. */
export interface CheckResult {
  readonly sources: readonly { readonly source: SourceFile; readonly resources: number }[];
  readonly sets: readonly SetResult[];
  readonly errors: readonly InputError[];
  /** The path of the configuration that was used. */
  readonly configuration?: string | undefined;
  /** What passed by; see `Loaded`. */
  readonly foreign: readonly InputError[];
  /** What was made of what another program turns into manifests; none where nobody planned. */
  readonly plan?: readonly Planned[];
  /** What the user may not see of a cluster; none where none was asked. */
  readonly denied?: readonly Denied[];
  /** What the configuration says that fails. */
  readonly failOn?: Report['failOn'] | undefined;
  /** What was not read, by who says so. */
  readonly passedBy?: Report['passedBy'] | undefined;
  readonly baseline?: UsedBaseline | undefined;
  /** Only findings of what changed are told. */
  readonly changes?: Changes | undefined;
  /** The rules that were asked. */
  readonly asked: ReadonlySet<string>;
  readonly comments: readonly PlacedComment[];
  /** What a user says about findings; when left out, all of them count as the manifests have it. */
  readonly policy?: Policy | undefined;
  /** What no sentence may tell, where these objects are not all of the input; see `knownSecrets`. */
  readonly secrets?: ReadonlySet<string>;
  /** Absolute paths of the files that went into what was built. */
  readonly builtFrom?: ReadonlySet<string>;
}

/**
 * The main sequence: read and decode, split into sets, follow the references of each, ask every rule.
 * Never throws on any input text.
 */
export const check = (sources: Iterable<SourceFile>, options: CheckOptions): CheckResult =>
  checkLoaded(load(sources, options), options);

/** The same from where everything is read, for who has to look at it before it is followed. */
export const checkLoaded = (loaded: Loaded, options: Omit<CheckOptions, 'decoded'>): CheckResult =>
  atOnce(checkInPieces(loaded, options));

/** The same for who waits for something else meanwhile. */
export function* checkInPieces(loaded: Loaded, options: Omit<CheckOptions, 'decoded'>): Pieces<CheckResult> {
  yield;
  const { graphs, faults: setAside } = yield* followSets(loaded, options);
  const asked = yield* askInPieces(options.rules, graphs);
  const failed = new Set(asked.errors.map(({ fault }) => fault?.name));
  const sound = failed.size > 0 ? options.rules.filter(({ id }) => !failed.has(id)) : options.rules;
  const room = new TrialRoom();
  const ofTrials: LocatedFault[] = [];
  const sets: SetResult[] = [];
  for (const [index, graph] of graphs.entries()) {
    // What another set has is not told apart from run to run.
    const kept = graphs.length === 1 ? options.kept?.trials : undefined;
    const found = asked.findings[index] ?? [];
    const tried = yield* keepHarmless(graph, found, sound, options, room, kept);
    for (const fault of tried.faults) ofTrials.push(fault);
    sets.push({ name: graph.model.setName, graph, findings: tried.findings });
  }
  // A process is looked at when somebody asks for it, so that its faults are known last.
  const faults = faultErrors([...setAside, ...graphs.flatMap((graph) => graph.faults()), ...ofTrials]);
  const limits = limitErrors(graphs.flatMap(({ model }) => model.budget.limits));
  const errors = [...loaded.errors, ...asked.errors, ...faults, ...limits];
  const { sources, foreign, comments } = loaded;
  return { sources, sets, errors, foreign, comments, asked: new Set(options.rules.map(({ id }) => id)) };
}
