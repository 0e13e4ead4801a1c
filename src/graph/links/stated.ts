import type { Ground } from '../../process/listeners/ground.ts';
import type { MissingKind } from '../../process/listeners/missing-proof.ts';
import type { End } from './end.ts';

/** `whole`: both ends agree. `broken`: proved not to meet. `unproved`: the input cannot tell; `reason` says what would. */
export type LinkState = 'whole' | 'broken' | 'unproved';

/** `declared` in a manifest < `inferred` from image facts, env, args < `observed` of what runs, as its log tells it. */
export type Evidence = 'declared' | 'inferred' | 'observed';

export interface Stated {
  readonly state: LinkState;
  readonly evidence: Evidence;
  /** One sentence without a full stop. */
  readonly reason: string;
  /** Why the state is what it is, where that is more than what the manifests declare. */
  readonly grounds?: readonly Ground[] | undefined;
  /** What a proof lacks where it is unproved; when left out, what links of its kind lack. */
  readonly lacks?: MissingKind | undefined;
  /** Where what was seen and what the manifests say exclude each other. */
  readonly contradiction?: Contradiction | undefined;
}

/** Neither is believed: what runs may have been made of other manifests. */
export interface Contradiction {
  /** What the link was before anybody looked, and why. */
  readonly declared: LinkState;
  readonly reason: string;
  readonly seen: Ground;
}

/** A link whose two ends were worked out when it was made. */
export interface Ended extends Stated {
  readonly from: End;
  readonly to: End | undefined;
}

/** Why a placeholder proves nothing. */
export const FILLED_IN =
  'the value is filled in before the manifest is applied; the rendered manifest would prove it';
