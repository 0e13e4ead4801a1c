import type { FrameworkFact } from './image-fact.ts';
import { type FactTable, frameworks } from './lookup.ts';

/** A framework that a command line starts. */
export interface StartedFramework {
  readonly fact: FrameworkFact;
  /** Places of the words that say so; the others are its arguments. */
  readonly used: ReadonlySet<number>;
}

/** Sequences of words by their first one, the longest first; made when it is first asked for. */
let sequences: Map<string, { words: readonly string[]; place: number }[]> | undefined;
const parsed = new Map<number, FrameworkFact>();

/**
 * Finds the framework whose words a command line begins with, flags between them left aside: `flask --app shop run` is
 * `flask run`.
 *
 * @param words the command line without wrappers; the program as its bare name
 */
export function findFramework(words: readonly string[]): StartedFramework | undefined {
  sequences ??= sequencesOf(frameworks);
  for (const sequence of sequences.get(words[0] ?? '') ?? []) {
    const used = placesOf(sequence.words, words);
    if (used) return { fact: factAt(sequence.place), used };
  }
  const place = placeOfFlags(words);
  return place === undefined ? undefined : { fact: factAt(place), used: new Set([0]) };
}

function factAt(place: number): FrameworkFact {
  const fact = parsed.get(place) ?? (JSON.parse(frameworks.facts[place]!) as FrameworkFact);
  parsed.set(place, fact);
  return fact;
}

/**
 * A program of any name that is given flags alone, of which one is a framework's by what it begins with. Where there is
 * a bare word it may be a tool that starts another program: `mvn quarkus:dev -Dquarkus.http.port=81`.
 */
function placeOfFlags([, ...rest]: readonly string[]): number | undefined {
  if (!rest.every((word) => word.startsWith('-'))) return undefined;
  const [place] = rest.flatMap((word) => frameworks.keys[/^-D\w+\./.exec(word)?.[0] ?? ''] ?? []);
  return place;
}

function sequencesOf({ keys }: FactTable): NonNullable<typeof sequences> {
  const byFirst: NonNullable<typeof sequences> = new Map();
  const all = Object.entries(keys).map(([key, place]) => ({ words: key.split(' '), place }));
  for (const sequence of all.sort((a, b) => b.words.length - a.words.length)) {
    const first = sequence.words[0]!;
    byFirst.set(first, [...(byFirst.get(first) ?? []), sequence]);
  }
  return byFirst;
}

function placesOf(sequence: readonly string[], words: readonly string[]): Set<number> | undefined {
  const used = new Set([0]);
  let at = 1;
  for (const wanted of sequence.slice(1)) {
    while (words[at] !== wanted && isFlagOrValue(words, at)) at++;
    if (words[at] !== wanted) return undefined;
    used.add(at++);
  }
  return used;
}

const isFlagOrValue = (words: readonly string[], at: number): boolean =>
  words[at] !== undefined && (words[at].startsWith('-') || /^-[^=]*$/.test(words[at - 1]!));
