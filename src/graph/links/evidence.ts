import type { Ground } from '../../process/listeners/ground.ts';
import { type MissingKind, type MissingProof, missing } from '../../process/listeners/missing-proof.ts';
import { endsOf } from './ends.ts';
import type { Link } from './link.ts';
import { FILLED_IN } from './stated.ts';

/** Why a link is what it is: what it says itself, else how its process is known, else the text that declares it. */
export function groundsOf(link: Link): readonly Ground[] {
  if (link.grounds) return link.grounds;
  const known = link.kind === 'bind' || link.kind === 'probe' ? (link.listener?.grounds ?? []) : [];
  if (known.length > 0 || link.state === 'unproved') return known;
  const { from, to } = endsOf(link);
  return [{ kind: 'declared', phrase: link.reason, at: to?.at ?? from.at }];
}

/** What would prove a link that the input cannot prove; nothing for any other. */
export function missingOf(link: Link): readonly MissingProof[] {
  if (link.state !== 'unproved') return [];
  if (link.lacks) return missing(link.lacks, [link.reason]);
  if (link.reason === FILLED_IN) return missing('built', [link.reason]);
  const process = link.kind === 'bind' || link.kind === 'probe' ? link.process : undefined;
  if (process && process.missing.length > 0) return [...process.missing, ...missing('observation', [SEEN])];
  return missing(kindOf(link), [link.reason]);
}

/** Whatever is not known of a process, the process itself shows it. */
const SEEN = 'what the process says in its log, or an open socket of it, would prove it';

function kindOf(link: Link): MissingKind {
  switch (link.kind) {
    case 'parent':
      return link.parent ? 'controller' : 'object';
    case 'backend':
      return link.service ? 'controller' : 'object';
    case 'client':
    case 'webhook':
      return link.service ? 'observation' : 'object';
    case 'selector':
    case 'config':
      return 'object';
    case 'monitor':
      return 'operator';
    case 'policy':
      return 'controller';
    default:
      return 'observation';
  }
}
