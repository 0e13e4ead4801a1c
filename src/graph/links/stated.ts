import type { Ground } from '../../process/listeners/ground.ts';
import type { End } from './end.ts';
import { type Unproved, wordLack } from './lacks/lacking.ts';

/** `whole`: both ends agree. `broken`: proved not to meet. `unproved`: the input cannot tell; what it lacks would. */
export type LinkState = 'whole' | 'broken' | 'unproved';

/** `declared` in a manifest < `inferred` from image facts, env, args < `observed` of what runs, as its log tells it. */
export type Evidence = 'declared' | 'inferred' | 'observed';

/** A state and why it is so: in one sentence without a full stop, or as data where the input cannot tell. */
export type Verdict = Settled | Unproved;

export interface Settled {
  readonly state: 'whole' | 'broken';
  readonly reason: string;
  readonly lacks?: undefined;
}

export type Stated = Verdict & {
  readonly evidence: Evidence;
  /** Why the state is what it is, where that is more than what the manifests declare. */
  readonly grounds?: readonly Ground[] | undefined;
  /** Where what was seen and what the manifests say exclude each other. */
  readonly contradiction?: Contradiction | undefined;
};

/** In what the ends of a broken link disagree, where that is no port, and what each says of it. */
export interface Disagreement {
  /** `label app`, `host`, the kind of what is named: what both ends speak of. */
  readonly what: string;
  /** As the end says it that refers. */
  readonly from: string;
  /** Undefined where nothing of the kind is there. */
  readonly to: string | undefined;
}

/** Neither is believed: what runs may have been made of other manifests. */
export interface Contradiction {
  /** What the link was before anybody looked, and why. */
  readonly declared: LinkState;
  readonly reason: string;
  readonly seen: Ground;
}

/** A link whose two ends were worked out when it was made. */
export type Ended = Stated & {
  readonly from: End;
  readonly to: End | undefined;
};

/** A link, judged anew. */
export const judged = <L extends Stated, V extends Verdict>(link: L, verdict: V): L & V => ({
  ...link,
  lacks: undefined,
  ...verdict,
});

/** Why a state is what it is, in one sentence without a full stop. */
export const wordVerdict = (verdict: Verdict): string =>
  verdict.state === 'unproved' ? wordLack(verdict.lacks) : verdict.reason;
