import type { FrameworkFact, ImageFact } from './image-fact.ts';

/** What has no source, or one that nobody has looked at for long: it can raise a warning, never an error. */
export const isRemembered = ({
  status,
  isOld,
}: Pick<ImageFact | FrameworkFact, 'status' | 'isOld'>): boolean =>
  status === 'from memory' || isOld === true;

/** Why, in a phrase. */
export const whyRemembered = ({ status, checked }: Pick<ImageFact, 'status' | 'checked'>): string =>
  status === 'from memory' ? 'have no source' : `were last looked at on ${checked}`;
