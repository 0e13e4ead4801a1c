import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import { nounOf } from '../../knowledge/noun.ts';
import type { Location } from '../../text/source.ts';

/** What of a socket a setting decides. */
export type Decided = 'port' | 'loopback' | 'address';

/** One way in which a socket of a process is known. */
export type Ground =
  /** A default of the program; `reads`: the program takes the setting before it, and `usual` is its default then. */
  | {
      readonly kind: 'image-fact' | 'framework-fact' | 'configuration';
      readonly fact: ImageFact | FrameworkFact;
      readonly role: 'default' | 'reads' | 'loopback' | 'hostname';
      readonly usual?: number | undefined;
    }
  /** A setting as people write it, without what may be secret: `PORT=3005 from ConfigMap shop/web`. */
  | {
      readonly kind: 'variable' | 'flag' | 'dockerfile' | 'image-config';
      readonly decides: Decided;
      readonly phrase: string;
      readonly at: Location | undefined;
    }
  /** `listen 8080` in `nginx.conf of ConfigMap shop/conf`. */
  | {
      readonly kind: 'mounted-file';
      readonly said: string;
      readonly from: string;
      readonly at: Location | undefined;
    }
  /** A line that the program printed, quoted with its place. */
  | { readonly kind: 'log'; readonly phrase: string };

/** The ground in words; those of one socket, joined by commas, are one phrase. */
export function wordGround(ground: Ground): string {
  switch (ground.kind) {
    case 'image-fact':
    case 'framework-fact':
    case 'configuration': {
      const program = nounOf(ground.fact);
      if (ground.role === 'loopback') return `bound to loopback as ${program} has it`;
      if (ground.role === 'hostname') return 'bound to the address that HOSTNAME stands for';
      if (ground.role === 'default') return `default of ${program}`;
      return `which ${program} reads${ground.usual === undefined ? '' : `; default ${ground.usual}`}`;
    }
    case 'mounted-file':
      return `${ground.said} in ${ground.from}`;
    case 'log':
      return ground.phrase;
    default:
      return ground.decides === 'port'
        ? ground.phrase
        : `bound ${ground.decides === 'loopback' ? 'to loopback ' : ''}by ${ground.phrase}`;
  }
}

export const wordGrounds = (grounds: readonly Ground[]): string => grounds.map(wordGround).join(', ');

export const factGround = (
  fact: ImageFact | FrameworkFact,
  role: 'default' | 'reads' | 'loopback' | 'hostname',
  usual?: number,
): Ground => ({ kind: kindOf(fact), fact, role, usual });

/** Facts that the user's own configuration gives are told apart from ours. */
function kindOf(fact: ImageFact | FrameworkFact): 'image-fact' | 'framework-fact' | 'configuration' {
  if (!('match' in fact)) return 'framework-fact';
  return fact.isConfigured ? 'configuration' : 'image-fact';
}
