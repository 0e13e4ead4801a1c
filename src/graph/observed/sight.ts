import { type Ground, wordGround } from '../../process/listeners/ground.ts';
import { groundsOf } from '../links/evidence.ts';
import type { Link } from '../links/link.ts';

/** What one observation means for a link. `told`: it belongs there, and settles nothing. */
export interface Sight {
  readonly verdict: 'proves' | 'denies' | 'told';
  readonly ground: Ground;
}

/**
 * The link as it was seen. What was seen proves what was open; where it and the manifest contradict each other, the
 * reason names both, and neither is believed: what runs may have been made of other manifests.
 */
export function asSeen<L extends Link>(link: L, sights: readonly Sight[]): L {
  if (sights.length === 0) return link;
  const proof = sights.find(({ verdict }) => verdict === 'proves');
  const denial = sights.find(({ verdict }) => verdict === 'denies');
  const all = { ...link, grounds: [...groundsOf(link), ...sights.map(({ ground }) => ground)] };
  if (proof && denial) {
    return unproved(all, `${wordGround(proof.ground)}, but ${wordGround(denial.ground)}`);
  }
  if (proof && link.state === 'broken')
    return unproved(all, `${link.reason}, but ${wordGround(proof.ground)}`);
  // What was seen of the process itself says more than that somebody answered.
  if (proof && link.state === 'whole' && link.evidence === 'observed') return all;
  if (proof) return { ...all, state: 'whole', evidence: 'observed', reason: wordGround(proof.ground) };
  if (!denial) return all;
  return link.state === 'broken'
    ? { ...all, evidence: 'observed' }
    : unproved(all, `${link.reason}, but ${wordGround(denial.ground)}`);
}

const unproved = <L extends Link>(link: L, reason: string): L => ({
  ...link,
  state: 'unproved',
  evidence: 'observed',
  reason,
  ...('fault' in link ? { fault: undefined } : {}),
  ...('nearest' in link ? { nearest: undefined } : {}),
});
