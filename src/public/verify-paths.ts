import type { ClusterSettings } from '../cluster/bring.ts';
import type { Report } from '../report/report.ts';
import type { Traced } from '../report/trace/select.ts';
import { allRules } from '../rules/index.ts';
import type { SessionOptions } from '../session/options.ts';
import type { Problem } from '../session/problem.ts';
import { open } from '../session/session.ts';
import { kubectlFlagsOf } from '../verify/plan/kubectl.ts';
import { parseNode, parseThrough } from '../verify/plan/through.ts';
import { requestsOf, type Step, sayStep } from '../verify/step/step.ts';
import { verifySession } from '../verify/verify-session.ts';

/** What is verified, and which steps are taken. */
export interface VerifyPathsOptions
  extends Omit<SessionOptions, 'rules' | 'logs' | 'reading' | 'cluster' | 'edges'> {
  /**
   * The cluster in which it runs; the current context of the user's kubeconfig when left out. Its `timeoutMs` is that of
   * each step as well (5,000 ms when left out), its `signal` ends all of them.
   */
  readonly cluster?: ClusterSettings;
  /**
   * A URL, a host, `svc/NAME[:PORT]`, `deploy/NAME`, `pod/NAME`, `ingress/NAME` or a route, as `portolan verify` takes
   * it; all Service ports and routes when left out.
   */
  readonly target?: string;
  /** Where controllers are dialled, each as `--through` has it: `203.0.113.7`, `https://127.0.0.1:8443`. */
  readonly through?: readonly string[];
  /** Dial nodePorts, hostPorts and load balancers from here. False when left out. */
  readonly outside?: boolean;
  /** Where clients reach nodes, without ports; the address in the status of a Pod when left out. */
  readonly nodes?: readonly string[];
  /** Run one Pod in each namespace that looks from inside, and delete it. False when left out. */
  readonly pod?: boolean;
  /** What that Pod and `ephemeral` run; it needs `sh`, `nc`, `timeout` and `cat`. `busybox:1.36` when left out. */
  readonly podImage?: string;
  /** Add a container to a Pod of which no container has `cat`; it stays in the Pod's record. False when left out. */
  readonly ephemeral?: boolean;
  /** Plan the steps and take none. False when left out. */
  readonly dryRun?: boolean;
  /** Told of each step before it is taken. */
  readonly onStep?: (step: PlannedStep) => void;
}

/** One thing that is asked of the cluster, of what runs there, or of a controller. */
export interface PlannedStep {
  /** `dial port 3005 of localhost in Pod shop/api-0`. */
  readonly says: string;
  /** `GET /api/v1/…`, `EXEC …`, `PORT-FORWARD …`, in order. */
  readonly requests: readonly string[];
  /** What a person can run to see the same. */
  readonly command: string;
}

/** What was seen, and what that means. */
export interface Verification {
  /** The report with all that was seen; its `steps` say how each went. Of a dry run, what is declared. */
  readonly report: Report;
  /** The chains of the target, for `renderTrace`. */
  readonly traced: readonly Traced[];
  /** Whether a chain is broken, or something on its way keeps it from being answered. */
  readonly isBroken: boolean;
  readonly planned: readonly PlannedStep[];
  /** What cannot be asked, and why. */
  readonly leftOut: readonly string[];
}

/**
 * Asks what runs, hop by hop, as `portolan verify` does. It writes nothing to the cluster but what `pod` and
 * `ephemeral` say.
 *
 * @param paths manifests that are held against what runs; those of the cluster when there are none
 * @param cannot makes the error of a run that cannot begin
 * @throws Error of `cannot`, ClusterError where no cluster is meant, RangeError for a target that there is not, for
 *   what is no address in `through` or `nodes`, and Error where the signal ends it
 */
export async function verifyPathsWith(
  paths: readonly string[],
  options: VerifyPathsOptions,
  cannot: (problems: readonly Problem[]) => Error,
): Promise<Verification> {
  const { cluster: settings = {}, through = [], onStep = () => {}, ...more } = options;
  const {
    outside = false,
    nodes = [],
    target,
    pod = false,
    podImage = 'busybox:1.36',
    ephemeral = false,
    dryRun = false,
    ...own
  } = more;
  const addresses = through.map((text) => {
    const address = parseThrough(text);
    if (!address) throw new RangeError(`\`${text}\` is no address to reach a controller at`);
    return address;
  });
  const reached = nodes.map((text) => {
    const node = parseNode(text);
    if (node === undefined) throw new RangeError(`\`${text}\` is no address to reach a node at`);
    return node;
  });
  const { report, traced, isBroken, plan, missing } = await verifySession({
    reached: { cwd: own.cwd, env: own.env, ...settings },
    open: (seen) =>
      open(paths, {
        ...own,
        rules: allRules,
        ...(paths.length === 0 ? { cluster: settings } : {}),
        edges: [seen],
      }),
    found: ({ found, problems }) => {
      if (!found) throw cannot(problems);
      return found;
    },
    ...{ target, ephemeral, dryRun },
    kubectlFlags: kubectlFlagsOf(settings),
    namespace: own.namespace ?? settings.namespace,
    through: addresses,
    outside: outside || nodes.length > 0,
    nodes: reached,
    fromInside: pod,
    image: podImage,
    parallel: settings.parallel,
    timeoutMs: settings.timeoutMs,
    signal: settings.signal ?? new AbortController().signal,
    onStep: (step) => onStep(plannedOf(step)),
  });
  if (missing !== undefined) throw new RangeError(missing);
  return { report, traced, isBroken, planned: plan.steps.map(plannedOf), leftOut: plan.left };
}

const plannedOf = (step: Step): PlannedStep => ({
  says: sayStep(step),
  requests: requestsOf(step),
  command: step.command,
});
