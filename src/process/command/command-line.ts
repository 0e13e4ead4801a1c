import type { FrameworkFact, ImageFact, Setting } from '../../knowledge/image-fact.ts';
import { groupBy } from '../../text/group-by.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import { type FlagUse, nameOfUse } from './flag-use.ts';
import { placeOfLaunched } from './launched.ts';
import type { Word } from './word.ts';

export interface CommandLine {
  /** In the order of the command line. */
  readonly flags: readonly FlagUse[];
  /** What of it is not understood; while there is any, no port is known. */
  readonly doubts: readonly Doubt[];
  /** What of it may open ports beside those that are known. */
  readonly openers: readonly Doubt[];
}

/** What says how arguments are read. */
type Syntax = ImageFact | FrameworkFact;

const NONE: CommandLine = { flags: [], doubts: [], openers: [] };

/** Reads the arguments of a program: flags that move a port, and whether the others can. */
export function readCommandLine(words: readonly Word[], syntax: Syntax): CommandLine {
  if (words.length === 0) return NONE;
  const switches = new Set(
    syntax.ports.flatMap(({ opensWith = [], plainWith = [] }) => [...opensWith, ...plainWith]),
  );
  const launched = placeOfLaunched(words, syntax);
  const moving = movingFlags(syntax);
  const reader: Reader = { words, syntax, moving, switches, launched, flags: [], doubts: [], openers: [] };
  let index = 0;
  while (index < words.length) index += readWord(reader, index);
  return { flags: reader.flags, doubts: reader.doubts, openers: reader.openers };
}

interface Reader {
  readonly words: readonly Word[];
  readonly syntax: Syntax;
  readonly moving: ReadonlyMap<string, readonly Setting[]>;
  /** Flags that open a port, or change what it speaks, by being given. */
  readonly switches: ReadonlySet<string>;
  /** Where the program is named that this one starts. */
  readonly launched: number | undefined;
  readonly flags: FlagUse[];
  readonly doubts: Doubt[];
  readonly openers: Doubt[];
}

const movingFlags = ({ ports }: Syntax): ReadonlyMap<string, readonly Setting[]> =>
  groupBy(
    ports.flatMap(({ moves }) => moves.flags),
    ({ name }) => name,
  );

/** Reads what begins at a word, and says how many words that is. */
function readWord(reader: Reader, index: number): number {
  const { words, syntax, moving, doubts } = reader;
  const word = words[index]!;
  const { text, where, written } = word;
  const [name, value] = splitFlag(text ?? word.marked, moving);
  const next = words[index + 1];
  const setting = settingOf(moving.get(name), value ?? next?.text);
  // Some programs take a flag and its value as one word: `--requirepass secret`.
  const [flag = ''] = name.split(/\s/, 1);
  const isKnown = isHarmless(name, flag, syntax) && (flag === name || !moving.has(flag));
  if (text === undefined && (moving.has(flag) || !isKnown)) {
    doubts.push(doubt('argument-outside', { written, where }));
    return 1;
  }
  if (setting) {
    const unread = whyUnread(reader, index, name, value);
    if (unread === undefined) return readMovingFlag(reader, index, setting, value);
    doubts.push(unread);
    return 1;
  }
  if (value !== undefined && mayOpen(name, syntax)) {
    reader.openers.push(doubt('argument-opens', { written: name, where, fact: syntax }));
  }
  if (reader.switches.has(name)) {
    reader.flags.push({ name, value: value ?? '', written, at: word.at, where });
    return 1;
  }
  if ('otherFlags' in syntax && syntax.otherFlags?.includes(name)) {
    doubts.push(doubt('argument-not-followed', { written: name, where, fact: syntax }));
    return 1;
  }
  if (isHarmlessPair(name, next?.text, syntax)) return 2;
  const positional = 'positional' in syntax ? syntax.positional : undefined;
  if (!isFlag(name) && positional !== undefined) {
    if (positional !== 'none') readBareWord(reader, index);
    return 1;
  }
  if (!isKnown)
    doubts.push(doubt('argument-unknown', { written: word.secret ? written : name, where, fact: syntax }));
  // The values of a flag that is not followed: nothing is read out of them.
  let count = 1;
  if (isFlag(name) && positional === undefined) while (isValue(words[index + count])) count++;
  return count;
}

const mayOpen = (name: string, syntax: Syntax): boolean =>
  'opensBeside' in syntax && syntax.opensBeside!.some((start) => name.startsWith(start));

/** Why a flag that would move a port says nothing where it stands, as it stands. */
function whyUnread(
  { syntax, launched = Number.POSITIVE_INFINITY, words }: Reader,
  index: number,
  name: string,
  value: string | undefined,
): Doubt | undefined {
  if (!('commands' in syntax)) return undefined;
  const word = { written: name, where: words[index]!.where };
  if (index > launched && name.startsWith(syntax.launches!.own))
    return doubt('argument-of-launched', { ...word, launcher: syntax.id });
  if (value === undefined && syntax.joinedValues) return doubt('argument-not-joined', word);
  return undefined;
}

/** Of the settings of one flag that which its value is about: `port=` of `-c port=5433`. */
const settingOf = (
  settings: readonly Setting[] | undefined,
  value: string | undefined,
): Setting | undefined => settings?.find(({ prefix }) => prefix === undefined || value?.startsWith(prefix));

function readMovingFlag(reader: Reader, index: number, setting: Setting, value: string | undefined): number {
  const { words, flags, doubts } = reader;
  const word = words[index]!;
  const { at, where } = word;
  const name = nameOfUse(setting);
  const cut = (text: string): string =>
    setting.prefix && text.startsWith(setting.prefix) ? text.slice(setting.prefix.length) : text;
  if (value !== undefined) {
    const written = splitFlag(word.written, reader.moving)[1] ?? word.written;
    flags.push({ name, value: cut(value), at, where, written: cut(written) });
    return 1;
  }
  const next = words[index + 1];
  if (setting.meanings?.[''] !== undefined && !isValue(next)) {
    flags.push({ name, value: '', at, where, written: '' });
    return 1;
  }
  if (next?.text === undefined) doubts.push(doubt('value-of-argument-outside', { written: name, where }));
  else
    flags.push({ name, value: cut(next.text), at: next.at, where: next.where, written: cut(next.written) });
  return 2;
}

/** A bare word that ends in a number is a port or an address, unless it can be the value of the flag before it. */
function readBareWord({ words, syntax, flags, doubts }: Reader, index: number): void {
  const { text = '', written, at, where } = words[index]!;
  const before = words[index - 1]?.text ?? '';
  if (!/(?:^|:)\d+$/.test(text)) return;
  const isValueOfFlag = isFlag(before) && !before.includes('=') && !syntax.harmlessArgs?.includes(before);
  if (isValueOfFlag && !text.includes(':')) {
    doubts.push(doubt('argument-unknown', { written: `${before} ${written}`, where, fact: syntax }));
  } else flags.push({ name: '', value: text, written, at, where });
}

const isFlag = (text: string): boolean => /^--?[^-]/.test(text);

const isValue = (word: Word | undefined): boolean => word !== undefined && !(word.text ?? '').startsWith('-');

/** `--port=3000` and, for a flag of one letter that is followed, `-p3000`. */
function splitFlag(
  text: string,
  moving: ReadonlyMap<string, unknown>,
): [name: string, value: string | undefined] {
  const short = text.slice(0, 2);
  if (moving.has(short) && /^-[A-Za-z][\d:]/.test(text)) return [short, text.slice(2)];
  const equals = isFlag(text) ? text.indexOf('=') : -1;
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** A bare word is never harmless: many programs read it as a configuration file, or read no flag after it. */
const isHarmless = (text: string, name: string, { otherArgsHarmless, harmlessArgs = [] }: Syntax): boolean =>
  isFlag(text) && (otherArgsHarmless || harmlessArgs.includes(name));

const isHarmlessPair = (text: string, next: string | undefined, { harmlessArgs = [] }: Syntax): boolean =>
  next !== undefined &&
  harmlessArgs.some((known) =>
    known.endsWith('=') ? `${text} ${next}`.startsWith(known) : `${text} ${next}` === known,
  );
