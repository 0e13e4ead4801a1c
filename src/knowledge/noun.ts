import type { FrameworkFact, ImageFact } from './image-fact.ts';

/** Who reads and listens: `the image audiobookshelf`, `next start`. */
export const nounOf = (fact: ImageFact | FrameworkFact): string =>
  'match' in fact ? `the image ${fact.id}` : wordsOf(fact);

const wordsOf = ({ commands: [words], id }: FrameworkFact): string =>
  words === undefined || words.startsWith('-') ? id : words;
