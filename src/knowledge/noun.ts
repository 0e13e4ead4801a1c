import type { FrameworkFact, ImageFact } from './image-fact.ts';

/** Who reads and listens: `the image audiobookshelf`, `next start`. */
export const nounOf = (fact: ImageFact | FrameworkFact): string =>
  'match' in fact ? nounOfImage(fact) : wordsOf(fact);

const nounOfImage = ({ id, builtBy }: ImageFact): string =>
  builtBy === undefined ? `the image ${id}` : `the image ${id} that ${builtBy} builds on`;

const wordsOf = ({ commands: [words], id }: FrameworkFact): string =>
  words === undefined || words.startsWith('-') ? id : words;
