import { existsSync } from 'node:fs';
import type { Report } from '../../report/report.ts';
import { sanitizeLine } from '../../report/sanitize.ts';
import { renderNotDone } from '../../report/trace/not-done.ts';
import { renderTrace } from '../../report/trace/render.ts';
import { noTarget } from '../../report/trace/target.ts';
import { allRules } from '../../rules/index.ts';
import { kubectlFlagsOf } from '../../verify/plan/kubectl.ts';
import { parseNode, parseThrough } from '../../verify/plan/through.ts';
import { requestsOf, type Step, sayStep } from '../../verify/step/step.ts';
import type { Verified } from '../../verify/verify.ts';
import { type ClusterArguments, connectOptions } from '../cluster-arguments.ts';
import { complain } from '../complain.ts';
import { EXIT, exitOf, exitOfMissing } from '../exit-codes.ts';
import { openSession, requireFound, type SessionArguments } from '../open-session.ts';
import { parseOutputs } from '../outputs.ts';
import { targetAmong } from '../target-among.ts';
import { tellErrors } from '../tell-errors.ts';
import { type ColorChoice, styleFor, widthOfTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { print, writeReport } from '../write.ts';

export interface VerifyArguments extends SessionArguments, ClusterArguments {
  readonly output: readonly string[];
  readonly through: readonly string[];
  readonly outside: boolean;
  readonly node: readonly string[];
  readonly pod: boolean;
  readonly podImage: string;
  readonly ephemeral: boolean;
  readonly dryRun: boolean;
  readonly color: ColorChoice;
}

const FORMATS = ['text', 'json'] as const;
/** `portolan verify`: asks what runs, hop by hop, and judges with it. Exit code 1 when a chain is broken, or something keeps it from being answered. */
export async function runVerify(given: readonly string[], args: VerifyArguments): Promise<number> {
  const [target, paths] = targetAmong(given);
  const [first] = paths;
  if (target === undefined && first !== undefined && first !== '-' && !existsSync(first))
    throw new UsageError(noTarget(first));
  const outputs = parseOutputs(args.output, FORMATS, 'text');
  const options = connectOptions(args);
  const { verifySession } = await import('../../verify/verify-session.ts');
  const stop = new AbortController();
  // Without manifests, those that the cluster has are held against what runs.
  const isBare = paths.length + args.filename.length === 0;
  const end = (): void => stop.abort();
  for (const signal of SIGNALS) process.once(signal, end);
  try {
    const verified = await verifySession({
      reached: options,
      open: (seen) => openSession(paths, { ...args, ...(isBare ? { cluster: true } : {}) }, allRules, [seen]),
      found: requireFound,
      kubectlFlags: kubectlFlagsOf(options),
      target,
      namespace: args.namespace,
      through: args.through.map(throughOf),
      outside: args.outside || args.node.length > 0,
      nodes: args.node.map(nodeOf),
      fromInside: args.pod,
      ephemeral: args.ephemeral,
      image: args.podImage,
      dryRun: args.dryRun,
      parallel: options.parallel,
      timeoutMs: options.timeoutMs,
      signal: stop.signal,
      onStep: tellStep,
    });
    const { report, traced, missing, isBroken } = verified;
    if (missing !== undefined) {
      tellErrors(report);
      return exitOfMissing(report, missing);
    }
    if (args.dryRun) return printPlan(verified);
    for (const { format, file } of outputs) {
      const style = styleFor(
        file !== undefined && file !== '-' && args.color === 'auto' ? 'never' : args.color,
      );
      const width = widthOfTerminal();
      writeReport(
        file,
        format === 'json'
          ? (await import('../../report/json.ts')).jsonPieces(report)
          : renderTrace(report, traced, style, width, Date.now()) + renderNotDone(report, style, width),
      );
    }
    tellErrors(report);
    return exitOf(report) ?? (isBroken ? EXIT.findings : EXIT.clean);
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function throughOf(text: string): NonNullable<ReturnType<typeof parseThrough>> {
  const address = parseThrough(text);
  if (address) return address;
  throw new UsageError(
    `\`--through ${text}\` is no address, such as 203.0.113.7, 127.0.0.1:8080 or https://127.0.0.1:8443`,
  );
}

function nodeOf(text: string): string {
  const node = parseNode(text);
  if (node !== undefined) return node;
  throw new UsageError(`\`--node ${text}\` is no address of a node, such as 203.0.113.7 or node.example.com`);
}

/** Each step is told before it is done, to who looks. */
function tellStep(step: Step): void {
  if (process.stderr.isTTY) complain(sanitizeLine(sayStep(step)));
}

/** What would be asked, and nothing more. */
function printPlan({ plan, report }: Pick<Verified, 'plan'> & { readonly report: Report }): number {
  const lines = [
    ...plan.steps.flatMap((step) => [
      sayStep(step),
      ...requestsOf(step).map((request) => `    ${request}`),
      `    $ ${step.command}`,
    ]),
    ...plan.left.map((why) => `left out: ${why}`),
  ];
  print(`${lines.map(sanitizeLine).join('\n')}\n`);
  tellErrors(report);
  return exitOf(report) ?? EXIT.clean;
}
