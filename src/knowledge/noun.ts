import type { FrameworkFact, ImageFact } from './image-fact.ts';

/** Who reads and listens: `the image audiobookshelf`, `next start`. */
export const nounOf = (fact: ImageFact | FrameworkFact): string =>
  'match' in fact ? `the image ${fact.id}` : (fact.commands[0] ?? fact.id);
