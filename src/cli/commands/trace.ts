import { resolve } from 'node:path';
import { toReport } from '../../engine/to-report.ts';
import type { Report } from '../../report/report.ts';
import { sanitize, withoutCommands } from '../../report/sanitize.ts';
import { renderTrace } from '../../report/trace/render.ts';
import { noTarget, parseTarget } from '../../report/trace/target.ts';
import { traceTarget } from '../../report/trace/trace.ts';
import { allRules } from '../../rules/index.ts';
import { isComposeFile } from '../../sources/find-roots.ts';
import { hideSecrets } from '../../text/secrets/hide-in-source.ts';
import { shellWord } from '../../text/shell-word.ts';
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
  const asked = await ofCompose(given, paths, process.cwd());
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
  if (missing !== undefined && !isAlone)
    return exitOfMissing(report, `${missing}${ofComposeBeside(report, given)}`);
  if (missing === undefined)
    print(renderTrace(report, traced, styleFor(args.color), widthOfTerminal(), Date.now()));
  for (const text of manifests) print(missing === undefined ? `\n${text}` : text);
  return exitOf(report) ?? (isBroken ? EXIT.findings : EXIT.clean);
}

const BARE_NAME = /^[\w.-]+$/;

/** Beside a compose file, a name alone is a service of it, which may be in the Pod of another. */
async function ofCompose(asked: string, paths: readonly string[], cwd: string): Promise<string> {
  const compose = BARE_NAME.test(asked) ? paths.filter((path) => isComposeFile(resolve(cwd, path))) : [];
  if (compose.length === 0) return asked;
  const { podOf, kubernetesName } = await import('../../render/render.ts');
  const pod = compose.map((path) => podOf(asked, resolve(cwd, path), cwd)).find((one) => one !== undefined);
  return `svc/${pod ?? kubernetesName(asked)}`;
}

/** A name alone may be meant for a compose file that lies in a folder, and is no manifest there. */
function ofComposeBeside({ plan }: Report, given: string): string {
  const [first] = plan.filter(({ kind, state }) => kind === 'compose' && state === 'left-out');
  if (!first || !BARE_NAME.test(given)) return '';
  return `; services of a compose file are traced with it: \`portolan trace ${given} ${shellWord(first.path)}\``;
}

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
