import type { ReportHop, ReportLink, ReportLocation, State } from '../report.ts';
import { sanitizeLine } from '../sanitize.ts';
import { ageOf } from '../text/age.ts';
import type { Style } from '../text/style.ts';
import { wrap } from '../text/width.ts';
import { askedOf, foundOf, HOP, HOP_WIDTH } from './hop-words.ts';
import { nodeOf } from './node.ts';

/** What stands before the word of a hop, with a branch's own line. */
const BEFORE = 10;

const ASKED_WIDTH = 34;

const COLOR = { whole: 'accent', broken: 'error', unproved: 'warning' } as const;

export const MARK: Readonly<Record<State, string>> = { whole: '✓', broken: '✗', unproved: '?' };

interface Drawing {
  /** What is told at a link or a node, ready to be printed below it. */
  readonly toldAt: (place: string) => readonly string[];
  readonly linkOf: (id: string) => ReportLink | undefined;
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
  readonly now: number | undefined;
  /** All that could be asked was: no command is named that would prove more. */
  readonly isVerified: boolean;
}

/**
 * Each link under the node that it leaves, which is named once; where the chain parts, one branch below the other.
 * A branch stops at the hop that breaks.
 *
 * @param from the node that was named last
 */
export function drawHops(hops: readonly ReportHop[], drawing: Drawing, from = ''): string[] {
  const { linkOf, toldAt, style } = drawing;
  const known = hops.flatMap(({ link: id, next }) => {
    const link = linkOf(id);
    return link ? [{ link, next }] : [];
  });
  const [first] = known;
  if (!first) return [];
  const node = nodeOf(first.link.from);
  const named = node === from ? [] : [`  ${style.bold(sanitizeLine(node))}`, ...toldAt(node)];
  const branches = known.map(({ link, next }) => [
    ...renderHop(link, drawing),
    ...toldAt(link.id),
    ...(link.state === 'broken' ? [] : drawHops(next, drawing, node)),
  ]);
  if (branches.length === 1) return [...named, ...branches[0]!];
  return [
    ...named,
    ...branches.flatMap((lines, index) => {
      const { to } = known[index]!.link;
      const isLast = index === branches.length - 1;
      const name = style.bold(sanitizeLine(to ? nodeOf(to) : 'nothing'));
      return [
        `  ${style.dim(isLast ? '└─' : '├─')} ${name}`,
        ...lines.map((line) => `  ${isLast ? ' ' : style.dim('│')}${line}`),
      ];
    }),
  ];
}

/** Both ends with the places that say them, then the reason. */
function renderHop(link: ReportLink, { style, width, now, isVerified }: Drawing): string[] {
  const { from, to, state, kind, evidence } = link;
  const color = style[COLOR[state]];
  const name = (HOP[kind] ?? kind).padEnd(HOP_WIDTH);
  const indent = ' '.repeat(HOP_WIDTH);
  const asked = askedOf(link);
  const found = foundOf(link);
  return [
    `  ${style.dim('│')} ${color(MARK[state])} ${name} ${sanitizeLine(asked.padEnd(ASKED_WIDTH))}${place(from.origin ?? from.location, style)}`,
    `  ${style.dim('│')}   ${indent} ${color(state === 'broken' ? '↛' : '→')} ${sanitizeLine(found.padEnd(ASKED_WIDTH - 2))}${place(to?.origin ?? to?.location ?? null, style)}`,
    ...wrap(
      `${sanitizeLine(reasonOf(link))} (${evidence}${ageOfSeen(link, now)}${sanitizeLine(placesOf(link))})`,
      width - HOP_WIDTH - BEFORE,
    ).map((line) => `  ${style.dim('│')}   ${indent} ${style.dim(line)}`),
    ...(isVerified ? [] : commandsOf(link)).map(
      (command) => `  ${style.dim('│')}   ${indent} ${style.dim('prove it:')} ${sanitizeLine(command)}`,
    ),
  ].map((line) => line.trimEnd());
}

/** Of what was seen and decided, which comes first: when that was. */
function ageOfSeen({ evidence, grounds }: ReportLink, now: number | undefined): string {
  if (evidence !== 'observed') return '';
  const at = grounds.find((one) => one.at !== undefined)?.at;
  const age = at === undefined || now === undefined ? '' : ageOf(at, now);
  return age === '' ? '' : `, ${age}`;
}

const reasonOf = ({ kind, state, reason, to }: ReportLink): string =>
  kind === 'bind' && state === 'whole' && to ? `listens on ${to.port?.number}: ${reason}` : reason;

/** At the last hop where the whole reasoning stands, besides what the ends show. */
function placesOf({ kind, from, to, grounds }: ReportLink): string {
  if (kind !== 'bind' || !to) return '';
  const lineOf = ({ path, line }: ReportLocation): string => `${path}:${line}`;
  const shown = [from, to].flatMap(({ origin, location }) =>
    (origin ?? location) ? [lineOf((origin ?? location)!)] : [],
  );
  const all = new Set(grounds.flatMap(({ location }) => (location ? [lineOf(location)] : [])));
  return [...all]
    .filter((one) => !shown.includes(one))
    .map((one) => `, ${one}`)
    .join('');
}

/** What would prove the link: the first is about what its reason says, the last about what runs. */
const commandsOf = ({ missing }: ReportLink): string[] => [
  ...new Set([...missing.slice(0, 1), ...missing.slice(-1)].map(({ command }) => command)),
];

const place = (location: ReportLocation | null, style: Style): string =>
  location ? `  ${style.dim(sanitizeLine(`${location.path}:${location.line}:${location.column}`))}` : '';
