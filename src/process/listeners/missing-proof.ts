/** What a proof lacks, each a way in which a thing can be unknown. */
export type MissingKind =
  | 'image'
  | 'program'
  | 'argument'
  | 'variable'
  | 'file'
  | 'object'
  | 'controller'
  | 'operator'
  | 'observation'
  | 'built';

export interface MissingProof {
  readonly kind: MissingKind;
  /** One phrase: `the image example/app is not in the table of image facts`. */
  readonly says: string;
}

/** Several phrases of one kind. */
export const missing = (kind: MissingKind, phrases: readonly string[]): MissingProof[] =>
  phrases.map((says) => ({ kind, says }));
