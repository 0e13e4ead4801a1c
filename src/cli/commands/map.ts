import { toReport } from '../../engine/to-report.ts';
import type { Report, ReportChain } from '../../report/report.ts';
import { traceTarget } from '../../report/trace/trace.ts';
import { allRules } from '../../rules/index.ts';
import { VERSION } from '../../version.ts';
import { inputWords } from '../cluster-arguments.ts';
import { EXIT, exitOf } from '../exit-codes.ts';
import { openSession, requireFound, type SessionArguments } from '../open-session.ts';
import { parseOutputs } from '../outputs.ts';
import { pngOf } from '../png.ts';
import { targetAmong } from '../target-among.ts';
import { tellErrors } from '../tell-errors.ts';
import { UsageError } from '../usage-error.ts';
import { writeReport } from '../write.ts';

export interface MapArguments extends SessionArguments {
  readonly output: readonly string[];
  readonly theme: 'auto' | 'light' | 'dark';
}

const FORMATS = ['svg', 'html', 'mermaid', 'dot', 'png'] as const;

/** `portolan map`: draws the chains of a target, or all of them. A picture judges nothing: broken chains are drawn and exit with 0. */
export async function runMap(given: readonly string[], args: MapArguments): Promise<number> {
  const outputs = parseOutputs(args.output, FORMATS, 'svg');
  const [target, paths] = targetAmong(given);
  const session = openSession(paths, args, allRules);
  const found = requireFound(await session.check());
  const asked = inputWords(paths, args);
  const report = toReport(found, { version: VERSION, paths: asked });
  tellErrors(report);
  const chains = target === undefined ? report.chains : chainsOf(report, target, args.namespace);
  for (const { format, file } of outputs) {
    const drawn =
      format === 'html'
        ? (await import('../html.ts')).htmlOf({
            report: ofChains(report, chains),
            texts: session,
            paths: asked,
          })
        : await draw(format, report, chains, args);
    writeReport(file, drawn);
  }
  return exitOf(report) ?? EXIT.clean;
}

function chainsOf(report: Report, target: string, namespace: string | undefined): ReportChain[] {
  const { traced, missing } = traceTarget(report, target, namespace);
  if (missing !== undefined) throw new UsageError(missing);
  return traced.map(({ chain }) => chain);
}

/** The report of some of its chains: what else the input holds is not in the page. */
function ofChains(report: Report, chains: readonly ReportChain[]): Report {
  if (chains === report.chains) return report;
  const links = new Set(chains.flatMap((chain) => chain.links));
  const ids = new Set(chains.map(({ id }) => id));
  return {
    ...report,
    chains: report.chains.filter(({ id }) => ids.has(id)),
    links: report.links.filter(({ id }) => links.has(id)),
    findings: report.findings.filter(({ link }) => link !== null && links.has(link)),
  };
}

async function draw(
  format: Exclude<(typeof FORMATS)[number], 'html'>,
  report: Report,
  chains: readonly ReportChain[],
  { theme }: MapArguments,
): Promise<string | Uint8Array> {
  const { renderDot, renderMermaid, renderSvg } = await import('../../report/map/map.ts');
  if (format === 'svg') return renderSvg(report, { chains, theme });
  // What prefers a theme prefers none here.
  if (format === 'png')
    return pngOf(renderSvg(report, { chains, theme: theme === 'auto' ? 'light' : theme }));
  return format === 'dot' ? renderDot(report, chains) : renderMermaid(report, chains);
}
