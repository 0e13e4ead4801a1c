import { toReport } from '../../engine/to-report.ts';
import { kubernetesName } from '../../render/compose/to-manifests.ts';
import { sanitize, withoutCommands } from '../../report/sanitize.ts';
import { renderTrace } from '../../report/trace/render.ts';
import { noTarget, parseTarget } from '../../report/trace/target.ts';
import { traceTarget } from '../../report/trace/trace.ts';
import { allRules } from '../../rules/index.ts';
import { isComposeFile } from '../../sources/find-roots.ts';
import { hideSecrets } from '../../text/secrets/hide-in-source.ts';
import { lastPart } from '../../text/slashes.ts';
import { VERSION } from '../../version.ts';
import { inputWords } from '../cluster-arguments.ts';
import { EXIT, exitOf, exitOfMissing } from '../exit-codes.ts';
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
  given: string,
  paths: readonly string[],
  args: TraceArguments,
): Promise<number> {
  const asked = ofCompose(given, paths);
  // Before anything is read, as the input may be large.
  if (!parseTarget(asked)) throw new UsageError(noTarget(asked));
  const session = openSession(paths, args, allRules);
  const found = requireFound(await session.check());
  const report = toReport(found, { version: VERSION, paths: inputWords(paths, args) });
  tellErrors(report);
  const { traced, isBroken, missing } = traceTarget(report, asked, args.namespace);
  const manifests = report.sources.flatMap(({ path, kind }) =>
    kind === 'compose' ? manifestsOf(asked, session.textOf(path) ?? '') : [],
  );
  // A service of a compose file that says no ports has no Service, and so no chain.
  const isAlone = manifests.some((text) => text !== '');
  if (missing !== undefined && !isAlone) return exitOfMissing(report, missing);
  if (missing === undefined)
    print(renderTrace(report, traced, styleFor(args.color), widthOfTerminal(), Date.now()));
  for (const text of manifests) print(missing === undefined ? `\n${text}` : text);
  return exitOf(report) ?? (isBroken ? EXIT.findings : EXIT.clean);
}

/** Beside a compose file, a name alone is a service of it. */
const ofCompose = (asked: string, paths: readonly string[]): string =>
  /^[\w.-]+$/.test(asked) && paths.some((path) => isComposeFile(path))
    ? `svc/${kubernetesName(asked)}`
    : asked;

/** The manifests that are equal to a service of a compose file, with what each of its ports means and what it mounts. */
function manifestsOf(asked: string, text: string): string {
  const name = lastPart(asked);
  const all = text.split('---\n');
  const own = all.filter((one) => one.includes(`\n  name: ${name}\n`));
  const mounted = new Set(
    own.flatMap((one) => [...one.matchAll(/configMap: \{ name: ([\w-]+) \}/g)].map(([, files]) => files)),
  );
  const isMounted = (one: string): boolean =>
    one.includes('kind: ConfigMap\n') && mounted.has(/^ {2}name: (.*)$/m.exec(one)?.[1]);
  const documents = all.filter((one) => own.includes(one) || isMounted(one));
  return hideSecrets(withoutCommands(sanitize(documents.join('---\n'))));
}
