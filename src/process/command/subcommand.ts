import type { FrameworkFact, ImageFact, Subcommand } from '../../knowledge/image-fact.ts';
import { lastPart } from '../../text/slashes.ts';
import { type Doubt, doubt } from '../listeners/doubts/doubt.ts';
import type { Word } from './word.ts';

/** The facts of what the first arguments make of an image's program, and the arguments that are left. */
export interface Chosen {
  readonly fact: ImageFact | FrameworkFact;
  readonly words: readonly Word[];
  /** Why nothing is known; undefined where something is. */
  readonly doubt: Doubt | undefined;
}

/** Flags may stand before it: `kc.sh --verbose start`. */
export function chooseSubcommand(fact: ImageFact | FrameworkFact, words: readonly Word[]): Chosen {
  if (!('match' in fact) || !fact.subcommands) return { fact, words, doubt: undefined };
  const index = words.findIndex(({ text }) => text === undefined || !text.startsWith('-'));
  const word = words[index];
  const chosen = fact.subcommands.find(({ names }) => names.includes(baseOf(word)));
  if (chosen) {
    const { names: _, ...changed }: Subcommand = chosen;
    return { fact: { ...fact, ...changed }, words: words.toSpliced(index, 1), doubt: undefined };
  }
  const undecided =
    word === undefined && fact.withoutSubcommand === 'nothing'
      ? doubt('subcommand-unsaid', {
          image: fact.id,
          names: fact.subcommands.flatMap(({ names }) => names.slice(0, 1)).slice(0, MOST_NAMED),
        })
      : undefined;
  return { fact, words, doubt: undecided };
}

const MOST_NAMED = 4;

/** True for a program of the image that is one of its subcommands by itself: `argocd-server`. */
export const isSubcommand = (word: Word | undefined, { subcommands = [] }: ImageFact): boolean =>
  subcommands.some(({ names }) => names.includes(baseOf(word)));

const baseOf = (word: Word | undefined): string => lastPart(word?.text ?? '');
