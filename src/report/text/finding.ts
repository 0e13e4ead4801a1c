import type { Report, ReportFinding, ReportFix } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';
import { withAge } from './age.ts';
import { chainHops } from './chain-line.ts';
import { codeFrames } from './code-frame.ts';
import { type Context, contextOf, type TextOptions } from './context.ts';
import { hunksOf } from './fix-diff.ts';
import { fill, wrap } from './width.ts';

/** One finding: headline, chain, both ends of the link, why it bites, what to do. */
export const renderFinding = (finding: ReportFinding, report: Report, options: TextOptions): string =>
  withoutCommands(drawFinding(finding, contextOf(report, options)));

/** @param sets those that it is the same in, to the last line that a person wrote */
export function drawFinding(
  finding: ReportFinding,
  context: Context,
  sets: readonly string[] = [finding.set],
): string {
  const { style } = context;
  const color = style[finding.severity];
  const rule = sanitizeLine(finding.rule);
  const [primary] = finding.labels;
  const path = (primary?.origin ?? primary?.location)?.path;
  const lines = [
    ...headline(`${finding.severity}[${rule}]:`, `${finding.message}${inSets(sets, path)}`, color, context),
    ...hanging(
      'chain',
      fill(chainHops(finding, context).map(sanitizeLine), roomIn(context, 'chain')),
      context,
    ),
    ...codeFrames(finding.labels, context, { accent: color }),
    ...finding.notes.flatMap((note) => prose('note', withAge(note, context.now), context)),
    ...finding.help.flatMap((help) => prose('help', help, context)),
    ...finding.fixes.flatMap((fix) => drawFix(fix, path, context)),
    `  ${style.dim('more:')} portolan explain ${rule}`,
  ];
  return `${lines.join('\n')}\n`;
}

const MOST_SETS = 5;

function inSets(sets: readonly string[], path: string | undefined): string {
  const [set = '', ...others] = sets;
  if (others.length > 0) {
    const more = sets.length > MOST_SETS ? ` and ${sets.length - MOST_SETS} more` : '';
    return ` (in ${sets.length} sets: ${sets.slice(0, MOST_SETS).join(', ')}${more})`;
  }
  // A set is mostly the folder that the path shows anyway.
  return set === '' || set === '.' || path === set || path?.startsWith(`${set}/`) ? '' : ` (set ${set})`;
}

/** What is, broken between words; its further lines stand apart from what follows. */
export function headline(
  word: string,
  message: string,
  color: (text: string) => string,
  { style, width }: Pick<Context, 'style' | 'width'>,
): string[] {
  const [first = '', ...others] = wrap(`${word} ${sanitizeLine(message)}`, width - HANGING);
  return [
    `${color(first.slice(0, word.length - 1))}${style.bold(first.slice(word.length - 1))}`,
    ...others.map((line) => `${' '.repeat(HANGING)}${style.bold(line)}`),
  ];
}

const HANGING = 4;
const INDENT = 8;

function drawFix(fix: ReportFix, path: string | undefined, context: Context): string[] {
  const { style, sourceOf, width } = context;
  const hunks = hunksOf(fix, sourceOf, width - INDENT - 2);
  // One change in the file that is shown first needs no name.
  const isPlain = hunks.length === 1 && hunks[0]!.path === path;
  const diff = hunks.flatMap(({ path: of, line, removed, added }) => [
    ...(isPlain ? [] : [style.dim(sanitizeLine(`${of}:${line}`))]),
    ...removed.map((text) => style.error(`- ${text}`.trimEnd())),
    ...added.map((text) => style.accent(`+ ${text}`.trimEnd())),
  ]);
  return [
    ...prose('help', `${fix.title} (${howSure(fix)})`, context),
    ...diff.map((line) => `${' '.repeat(INDENT)}${line}`),
  ];
}

const howSure = (fix: ReportFix): string =>
  fix.applicability === 'safe' ? 'safe' : `unsafe: ${riskOf(fix)}`;

/** Why a fix may change what works today, by what it changes. */
function riskOf({ end, changes }: ReportFix): string {
  if (end === 'route') return 'something else may have been meant';
  if (changes && READ.has(changes.kind)) return `it changes the ${changes.kind} for all who read it`;
  if (end === 'pod') return 'it changes the Pods for all who use them';
  return `it changes the ${changes?.kind ?? 'Service'} for all who use it`;
}

/** Lies at the end of the Pods, and may be read by others. */
const READ: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);

type Word = 'chain' | 'note' | 'help';

/** What is left of a line behind the word and its colon. */
const roomIn = ({ width }: Context, word: Word): number => width - word.length - 4;

const prose = (word: Word, text: string, context: Context): string[] =>
  hanging(word, wrap(sanitizeLine(text), roomIn(context, word)), context);

function hanging(word: Word, lines: readonly string[], { style }: Context): string[] {
  const color = word === 'chain' ? style.dim : style.accent;
  return lines.map((line, index) =>
    index === 0 ? `  ${color(`${word}:`)} ${line}` : `${' '.repeat(word.length + 4)}${line}`,
  );
}
