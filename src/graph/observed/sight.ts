import type { Ground } from '../../process/listeners/grounds/ground.ts';
import { groundsOf } from '../links/evidence.ts';
import { unproved, type Verdict } from '../links/lacks/lacking.ts';
import type { Link } from '../links/link.ts';
import { opened } from '../links/opened.ts';
import { whole } from '../links/proofs/proving.ts';

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
  const deciding = link.state === 'broken' || !denial ? (proof ?? denial) : denial;
  // What decides is told first of what was seen.
  const seen = deciding ? [deciding, ...sights.filter((one) => one !== deciding)] : sights;
  const all = { ...link, grounds: [...groundsOf(link), ...seen.map(({ ground }) => ground)] };
  const proved = proof && whole('seen', { ground: proof.ground });
  if (proved && denial) return contradicted(all, proved, denial.ground);
  if (proof && link.state === 'broken') return contradicted(all, link, proof.ground);
  // What was seen of the process itself says more than that somebody answered.
  if (proof && link.state === 'whole' && link.evidence === 'observed') return all;
  if (proved) return { ...all, ...proved, evidence: 'observed' };
  if (!denial) return all;
  return link.state === 'broken' ? { ...all, evidence: 'observed' } : contradicted(all, link, denial.ground);
}

const contradicted = <L extends Link>(link: L, declared: Verdict, seen: Ground): L => ({
  ...opened(link, unproved('seen-otherwise', { declared, seen })),
  evidence: 'observed',
  contradiction: { declared, seen },
});
