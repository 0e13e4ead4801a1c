import { type Ground, wordGround } from '../../process/listeners/ground.ts';
import { groundsOf } from '../links/evidence.ts';
import type { Link } from '../links/link.ts';
import type { LinkState } from '../links/stated.ts';

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
  if (proof && denial) return contradicted(all, 'whole', wordGround(proof.ground), denial.ground);
  if (proof && link.state === 'broken') return contradicted(all, link.state, link.reason, proof.ground);
  // What was seen of the process itself says more than that somebody answered.
  if (proof && link.state === 'whole' && link.evidence === 'observed') return all;
  if (proof) return { ...all, state: 'whole', evidence: 'observed', reason: wordGround(proof.ground) };
  if (!denial) return all;
  return link.state === 'broken'
    ? { ...all, evidence: 'observed' }
    : contradicted(all, link.state, link.reason, denial.ground);
}

const contradicted = <L extends Link>(link: L, declared: LinkState, reason: string, seen: Ground): L => ({
  ...link,
  state: 'unproved',
  evidence: 'observed',
  reason: `${reason}, but ${wordGround(seen)}`,
  contradiction: { declared, reason, seen },
  ...('fault' in link ? { fault: undefined } : {}),
  ...('nearest' in link ? { nearest: undefined } : {}),
});
