import type { FrameworkFact, ImageFact } from '../../../knowledge/image-fact.ts';

/** How each thing is said of the values that belong to it: one phrase without a full stop. */
export type Wordings<All> = { readonly [What in keyof All]: (values: All[What]) => string };

/** The values of what has none. */
export type Nothing = Readonly<Record<never, never>>;

/** Who reads a setting, and listens. */
export interface Reader {
  readonly fact: ImageFact | FrameworkFact;
}

/** A word of a command line, with where a person would say it is: `args of container web`. */
export interface Written {
  /** As it may be shown; nothing of it that can be secret. */
  readonly written: string;
  readonly where: string;
}
