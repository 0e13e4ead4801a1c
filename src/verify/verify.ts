import type { Cluster } from '../cluster/cluster.ts';
import { toReport } from '../engine/to-report.ts';
import type { Observation } from '../model/observation.ts';
import type { Report } from '../report/report.ts';
import type { Traced } from '../report/trace/select.ts';
import type { Result } from '../session/session.ts';
import { VERSION } from '../version.ts';
import { chosenChains, chosenLinks } from './chosen-chains.ts';
import { inCluster } from './in-cluster.ts';
import { kubectlFor } from './plan/kubectl.ts';
import { type Plan, planFor } from './plan/plan.ts';
import type { ThroughAddress } from './plan/through.ts';
import { runSteps } from './run-steps.ts';
import type { Step } from './step/step.ts';
import { toLeftOut, toReportStep } from './to-report-step.ts';

export interface VerifyOptions {
  readonly cluster: Cluster;
  /** The same, which goes on when all else is stopped: it removes what was made. */
  readonly keeper: Cluster;
  /** What kubectl needs to mean the same cluster. */
  readonly kubectlFlags: readonly string[];
  readonly target: string | undefined;
  readonly namespace: string | undefined;
  readonly through: readonly ThroughAddress[];
  /** Dial nodePorts, hostPorts and load balancers. */
  readonly outside: boolean;
  /** Where clients reach nodes; as the status of a Pod has it where none is given. */
  readonly nodes: readonly string[];
  /** Run one Pod that looks from inside. */
  readonly fromInside: boolean;
  readonly ephemeral: boolean;
  readonly image: string;
  /** Plan, and do nothing. */
  readonly dryRun: boolean;
  /** Steps at once; 4 when left out. */
  readonly parallel: number | undefined;
  /** Of each step; 5,000 when left out, and for none, as what hangs must end. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
  /** Judges what is declared with whatever was seen by then; asked twice. */
  readonly check: (seen: readonly Observation[]) => Promise<NonNullable<Result['found']>>;
}

export interface Verified {
  readonly report: Report;
  readonly traced: readonly Traced[];
  readonly plan: Plan;
  /** Whether a chain is broken, or something on its way keeps it from being answered. */
  readonly isBroken: boolean;
  /** Why there is nothing to verify. */
  readonly missing: string | undefined;
}

const PARALLEL = 4;
const TIMEOUT_MS = 5_000;

/** Looks where the chains of a target lead, asks all that can tell, and judges again: the same graph, the same rules. */
export async function verify(options: VerifyOptions): Promise<Verified> {
  const { cluster, target, namespace, through, check, signal } = options;
  const faults: string[] = [];
  const found = await check([]);
  const declared = toReport(found, { version: VERSION });
  const meant = chosenChains(declared, target, namespace);
  const plan = await planFor(meant.traced, chosenLinks(declared, meant, target === undefined, namespace), {
    ...inCluster(cluster, found, through, (why) => faults.push(why)),
    kubectl: kubectlFor(options.kubectlFlags),
    outside: options.outside,
    nodes: options.nodes,
    fromInside: options.fromInside,
    image: options.image,
  });
  const all = { ...plan, left: [...faults, ...plan.left] };
  if (options.dryRun || meant.missing !== undefined) return { report: declared, ...meant, plan: all };
  const done = await runSteps(plan.steps, {
    ...options,
    parallel: options.parallel ?? PARALLEL,
    timeoutMs: options.timeoutMs || TIMEOUT_MS,
    now: () => new Date().toISOString(),
  });
  if (signal.aborted) throw new Error('it was stopped');
  const judged = toReport(await check(done.flatMap(({ observations }) => observations)), {
    version: VERSION,
  });
  const report = { ...judged, steps: [...done.map(toReportStep), ...all.left.map(toLeftOut)] };
  return { report, ...chosenChains(report, target, namespace), plan: all };
}
