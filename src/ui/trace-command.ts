import type { ReportEnd, ReportLink } from '../report/report.ts';
import { parseTarget } from '../report/trace/target.ts';
import { shellWord } from '../text/shell-word.ts';
import { index } from './data.ts';

/** The command that follows the way of a link in a terminal; names come from the input, so a shell reads them as words. */
export function traceCommand(link: ReportLink): string {
  const end = [link.from, link.to].find((one) => one && targetOf(one) !== undefined);
  const { given } = index.value.data;
  if (!end) return `portolan check ${given}`.trimEnd();
  const { namespace } = end.resource;
  return ['portolan trace', shellWord(targetOf(end) ?? ''), namespace && `-n ${shellWord(namespace)}`, given]
    .filter(Boolean)
    .join(' ');
}

function targetOf({ resource }: ReportEnd): string | undefined {
  const target = `${resource.kind.toLowerCase()}/${resource.name}`;
  return parseTarget(target)?.kind === 'resource' ? target : undefined;
}
