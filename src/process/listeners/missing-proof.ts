import type { Doubt } from './doubts/doubt.ts';

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
  /** What it is about; worded by `wordDoubt`. */
  readonly doubt: Doubt;
}

/** Several doubts of one kind. */
export const missing = (kind: MissingKind, doubts: readonly Doubt[]): MissingProof[] =>
  doubts.map((doubt) => ({ kind, doubt }));
