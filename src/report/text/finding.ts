import type { Report, ReportFinding } from '../report.ts';
import { sanitize } from '../sanitize.ts';
import { chainLine } from './chain-line.ts';
import { codeFrames } from './code-frame.ts';
import { fixDiff } from './fix-diff.ts';
import type { TextOptions } from './render.ts';
import { wrap } from './width.ts';

/** One finding: headline, chain, both ends of the link, why it bites, what to do. */
export function renderFinding(finding: ReportFinding, report: Report, options: TextOptions): string {
  const { style, textOf, width } = options;
  const color = style[finding.severity];
  const chain = chainLine(finding, report);
  const set = finding.set === '' ? '' : ` (set ${finding.set})`;
  const lines = [
    `${color(`${finding.severity}[${finding.rule}]`)}${style.bold(sanitize(`: ${finding.message}${set}`))}`,
    ...(chain ? [`  ${style.dim('chain:')} ${sanitize(chain)}`] : []),
    ...codeFrames(finding.labels, { width, style, accent: color, textOf }),
    ...finding.notes.flatMap((note) => hanging('note', note, options)),
    ...finding.help.flatMap((help) => hanging('help', help, options)),
    ...finding.fixes.flatMap((fix) => [
      ...hanging('help', `${fix.title} (${fix.applicability})`, options),
      ...fixDiff(fix, textOf).map(
        (line) => `        ${line.startsWith('-') ? style.error(line) : style.accent(line)}`,
      ),
    ]),
    `  ${style.dim('more:')} portolan explain ${finding.rule}`,
  ];
  return `${lines.join('\n')}\n`;
}

function hanging(word: string, text: string, { width, style }: TextOptions): string[] {
  const [first = '', ...rest] = wrap(sanitize(text), Math.max(20, width - 8));
  return [`  ${style.accent(`${word}:`)} ${first}`, ...rest.map((line) => `        ${line}`)];
}
