import type { Card, Note } from './card.ts';
import { markLines } from './mark-line.ts';
import { breakText, cutTo, textWidth, wrapText } from './text-size.ts';
import { brief } from './words.ts';

/** Where a picture has room; all lengths are in pixels at 100 %. */
export const WIDE = {
  card: 216,
  gap: 64,
  pad: 14,
  top: 64,
  margin: 24,
  head: 54,
  row: 26,
  foot: 10,
  note: 16,
  mark: 20,
  between: 22,
  title: 14,
  longTitle: 12,
  titleLine: 15,
};

export type Lengths = Readonly<typeof WIDE>;

/** For a column of a page: letters are as large, and names take two lines sooner. */
export const NARROW: Lengths = { ...WIDE, card: 152, gap: 36, pad: 9, margin: 8 };

/** What stands on a card and below it, in lines that fit. */
export interface Written {
  /** One line, or two of a long name. */
  readonly titles: readonly string[];
  /** Drawn smaller, as it would not fit. */
  readonly isLong: boolean;
  readonly subtitle: string;
  readonly notes: readonly WrittenNote[];
  readonly marks: ReturnType<typeof markLines>;
  /** How the ports of a process are known. */
  readonly known: readonly string[];
  /** What there is no room for, for who points at the last line of it. */
  readonly unsaid: string;
}

export interface WrittenNote {
  readonly note: Note;
  readonly lines: readonly string[];
  /** The same of notes. */
  readonly unsaid: string;
}

export function writtenOn(card: Card, size: Lengths): Written {
  const room = size.card - 2 * size.pad;
  const isLong = textWidth(card.title, size.title, 'bold') > room;
  return {
    titles: isLong ? longTitle(card.title, room, size.longTitle) : [card.title],
    isLong,
    subtitle: cutTo(card.subtitle, room, 11.5),
    notes: notesOf(card, size),
    marks: markLines(card.marks, room),
    ...knownLines(card, room),
  };
}

/** How far below the top of a card its first port stands. */
export const headOf = ({ titles }: Written, size: Lengths): number =>
  size.head + (titles.length - 1) * size.titleLine;

function longTitle(title: string, room: number, size: number): string[] {
  const [first, rest] = breakText(title, room, size, 'bold');
  return rest === '' ? [first] : [first, cutTo(rest, room, size, 'bold')];
}

const NONE: readonly never[] = [];

const MOST_NOTES = 4;
/** As many are read at once. */
const MOST_UNSAID = 40;

/** Of a card where many links meet, the first few; how many more there are stands below. */
function notesOf({ notes }: Card, size: Lengths): readonly WrittenNote[] {
  if (notes.length === 0) return NONE;
  const shown = notes
    .slice(0, MOST_NOTES)
    .map((note) => ({ note, lines: wrapText(plainly(note.text), size.card, 11.5), unsaid: '' }));
  const [next, ...others] = notes.slice(MOST_NOTES);
  if (next) {
    const unsaid = [next, ...others]
      .slice(0, MOST_UNSAID)
      .map(({ text }) => plainly(text))
      .join('; ');
    shown.push({ note: next, lines: [`and ${others.length + 1} more`], unsaid });
  }
  return shown;
}

const plainly = (text: string): string => brief(text).replaceAll('`', '');

const MOST_KNOWN = 4;

/** Told once where all ports are known in one way; of several, with the port. What is told below is not repeated. */
function knownLines({ known: all, notes }: Card, room: number): Pick<Written, 'known' | 'unsaid'> {
  const known = all.filter(({ link }) => !notes.some((note) => note.link === link));
  if (known.length === 0) return NOTHING;
  const isOne = new Set(known.map(({ says }) => says)).size === 1;
  const told = isOne ? [known[0]!.says] : known.map(({ number, says }) => `${number}: ${says}`);
  const lines = told.slice(0, MOST_KNOWN).flatMap((says) => wrapText(says, room, 11.5));
  const left = told.slice(MOST_KNOWN);
  return left.length === 0
    ? { known: lines, unsaid: '' }
    : { known: [...lines, `and ${left.length} more`], unsaid: left.slice(0, MOST_UNSAID).join('; ') };
}

const NOTHING = { known: NONE, unsaid: '' };
