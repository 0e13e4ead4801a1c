import { toReport } from '../../engine/to-report.ts';
import { renderTrace } from '../../report/trace/render.ts';
import { noTarget, parseTarget } from '../../report/trace/target.ts';
import { traceTarget } from '../../report/trace/trace.ts';
import { allRules } from '../../rules/index.ts';
import { VERSION } from '../../version.ts';
import { EXIT, exitOf } from '../exit-codes.ts';
import { openSession, requireFound, type SessionArguments } from '../open-session.ts';
import { tellErrors } from '../tell-errors.ts';
import { type ColorChoice, styleFor, widthOfTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { print } from '../write.ts';

export interface TraceArguments extends SessionArguments {
  readonly color: ColorChoice;
}

/** `portolan trace`: prints the chains of one target hop by hop. Exit code 1 when one of them is broken, or kept from its Pods. */
export async function runTrace(
  asked: string,
  paths: readonly string[],
  args: TraceArguments,
): Promise<number> {
  // Before anything is read, as the input may be large.
  if (!parseTarget(asked)) throw new UsageError(noTarget(asked));
  const found = requireFound(await openSession(paths, args, allRules).check());
  const report = toReport(found, { version: VERSION, paths: [...paths, ...args.filename] });
  tellErrors(report);
  const { traced, isBroken, missing } = traceTarget(report, asked, args.namespace);
  if (missing !== undefined) throw new UsageError(missing);
  print(renderTrace(report, traced, styleFor(args.color), widthOfTerminal()));
  return exitOf(report) ?? (isBroken ? EXIT.findings : EXIT.clean);
}
