import type { Workload } from '../../model/model.ts';
import type { Ground } from '../../process/listeners/grounds/ground.ts';
import type { Location } from '../../text/source.ts';
import type { End } from './end.ts';
import type { Verdict } from './lacks/lacking.ts';

/** `whole`: both ends agree. `broken`: proved not to meet. `unproved`: the input cannot tell; what it lacks would. */
export type LinkState = 'whole' | 'broken' | 'unproved';

/** `declared` in a manifest < `inferred` from image facts, env, args < `observed` of what runs, as its log tells it. */
export type Evidence = 'declared' | 'inferred' | 'observed';

export type Stated = Verdict & {
  readonly evidence: Evidence;
  /** Why the state is what it is, where that is more than what the manifests declare. */
  readonly grounds?: readonly LinkGround[] | undefined;
  /** Where what was seen and what the manifests say exclude each other. */
  readonly contradiction?: Contradiction | undefined;
};

export type LinkGround = Ground | Declaration;

/** The text that says it is all there is. */
export interface Declaration {
  readonly kind: 'declared';
  readonly verdict: Verdict;
  /** Pods of which the text does not tell. */
  readonly olderPods: readonly Workload[];
  readonly at: Location | undefined;
}

/** In what the ends of a broken link disagree, where their ports do not tell it, and what each says of it. */
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
  readonly declared: Verdict;
  readonly seen: Ground;
}

/** A link whose two ends were worked out when it was made. */
export type Ended = Stated & {
  readonly from: End;
  readonly to: End | undefined;
};
