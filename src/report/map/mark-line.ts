import { groupBy } from '../../text/group-by.ts';
import { table } from '../../text/table.ts';
import { xmlText } from '../escape.ts';
import { WORST_FIRST } from '../order.ts';
import type { State } from '../report.ts';
import type { Mark } from './card.ts';
import { cutTo, PROSE, textWidth } from './text-size.ts';
import { brief } from './words.ts';

/** Marks of one kind and state, told once with their number; a broken one has both values. */
interface Told {
  readonly kind: Mark['kind'];
  readonly state: State;
  readonly words: string;
  readonly of: readonly Mark[];
}

const SIGNS: Readonly<Record<State, string>> = { whole: '✓', broken: '✕', unproved: '?' };

/** What each kind looks like, in a square of 12: a pulse, a gate, bars, a padlock, a plug, a line that is cut, a net. */
const SHAPES = table<string>({
  probe: 'M0 6h3l1.5-4 3 8 1.5-4h3',
  policy: 'M1 11V3.5Q6-1.5 11 3.5V11M1 6.5h10M4.3 3v8M7.7 3v8',
  monitor: 'M1 11h10M2.5 9V6M6 9V2M9.5 9V4.5',
  tls: 'M2 5.5h8V11H2zM4 5.5V4a2 2 0 0 1 4 0v1.5',
  host: 'M1 2h10v8H1zM4 12h4M6 10v2',
  link: 'M0 6h3M9 6h3M4 4l4 4M8 4l-4 4',
  mesh: 'M6 1l4.3 2.500v5L6 11 1.7 8.500v-5zM6 1v10M1.7 3.500l8.6 5M10.3 3.500l-8.6 5',
});

/** `probe ✓`, `policy 8080 ✕ 80`. */
export const markWords = ({ kind, state, values }: Mark): string => NAMES[kind] + (values ?? SIGNS[state]);

const NAMES: Readonly<Record<Mark['kind'], string>> = {
  probe: 'probe ',
  policy: 'policy ',
  monitor: 'monitor ',
  tls: 'TLS ',
  host: 'host ',
  mesh: 'mesh ',
  // What it is stands in its values.
  link: '',
};

const NONE: readonly never[] = [];

const ICON = 16;
const APART = 14;

/** The marks of a card in lines that fit a width; each line in the order of what is worst. */
export function markLines(marks: readonly Mark[], width: number): readonly (readonly Told[])[] {
  if (marks.length === 0) return NONE;
  const lines: Told[][] = [];
  let taken = width;
  for (const told of gathered(marks, width)) {
    const own = widthOf(told);
    if (taken + own > width) {
      lines.push([]);
      taken = 0;
    }
    lines.at(-1)!.push(told);
    taken += own + APART;
  }
  return lines;
}

function gathered(marks: readonly Mark[], width: number): Told[] {
  const groups = groupBy(marks, ({ kind, state, values }) => `${kind} ${state} ${values ?? ''}`);
  const told = [...groups.values()].map((of) => {
    const { kind, state } = of[0]!;
    const times = of.length > 1 ? ` ×${of.length}` : '';
    return { kind, state, of, words: cutTo(`${markWords(of[0]!)}${times}`, (width - ICON) * PROSE, 11.5) };
  });
  return told.sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
}

const widthOf = ({ words }: Told): number => ICON + textWidth(words, 11.5);

/** One line of marks, from its left end and the middle of its height. */
export function markLineSvg(line: readonly Told[], x: number, y: number): string {
  let at = x;
  return line
    .map((told) => {
      const { kind, state, words, of } = told;
      const left = at;
      at += widthOf(told) + APART;
      const classes = state === 'whole' ? 'soft' : state;
      const links = [...new Set(of.map(({ link }) => link))].join(' ');
      return `<g class="told" data-links="${xmlText(links)}"><title>${xmlText(brief(of.map(({ text }) => brief(text)).join('; ')))}</title><path class="sign ${classes}" transform="translate(${left} ${y - 6})" d="${SHAPES[kind]}"/><text class="${classes}" x="${left + ICON}" y="${y + 4}">${xmlText(words)}</text></g>`;
    })
    .join('');
}
