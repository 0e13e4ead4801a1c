import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Word } from './word.ts';

/**
 * The place of the word that names the program which this one starts: the first that is no flag and no flag's value,
 * `shop.jar` of `java -cp lib -jar shop.jar`. Undefined where it starts none.
 */
export function placeOfLaunched(
  words: readonly Word[],
  syntax: ImageFact | FrameworkFact,
): number | undefined {
  const launcher = 'launches' in syntax ? syntax.launches : undefined;
  if (!launcher) return undefined;
  for (let index = 0; index < words.length; index++) {
    const { marked } = words[index]!;
    if (launcher.valued.includes(marked)) index++;
    // A file of arguments names flags.
    else if (!marked.startsWith('-') && !marked.startsWith('@')) return index;
  }
  return undefined;
}
