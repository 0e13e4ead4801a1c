import type { Workload } from '../../model/model.ts';
import { wordDoubt } from '../../process/listeners/doubts/doubt.ts';
import { wordGround } from '../../process/listeners/grounds/ground.ts';
import type { MissingKind, MissingProof } from '../../process/listeners/missing-proof.ts';
import { endsOf } from './ends.ts';
import { kindOfLack, lacking, wordLack, wordVerdict } from './lacks/lacking.ts';
import type { Link } from './link.ts';
import { wordOlder } from './proofs/older-pods.ts';
import type { LinkGround } from './stated.ts';

/** Why a link is what it is, in one sentence without a full stop. */
export const wordLink = (link: Link): string => wordVerdict(link) + wordOlder(olderPodsOf(link));

export const wordLinkGround = (ground: LinkGround): string =>
  ground.kind === 'declared' ? wordVerdict(ground.verdict) + wordOlder(ground.olderPods) : wordGround(ground);

const olderPodsOf = (link: Link): readonly Workload[] => (link.kind === 'bind' ? link.olderPods : []);

/** Why a link is what it is: what it says itself, else how its process is known, else the text that declares it. */
export function groundsOf(link: Link): readonly LinkGround[] {
  if (link.grounds) return link.grounds;
  const known = link.kind === 'bind' || link.kind === 'probe' ? (link.listener?.grounds ?? []) : [];
  if (known.length > 0 || link.state === 'unproved') return known;
  const { from, to } = endsOf(link);
  return [{ kind: 'declared', verdict: link, olderPods: olderPodsOf(link), at: to?.at ?? from.at }];
}

/** What a link lacks, in words that are made when they are read. */
interface Lacked {
  readonly kind: MissingKind;
  readonly says: string;
}

/** What would prove a link that the input cannot prove; nothing for any other. */
export function missingOf(link: Link): readonly Lacked[] {
  if (link.state !== 'unproved') return [];
  const { lacks } = link;
  const isOfProcess = lacks.what === 'process' || lacks.what === 'address-of-process';
  const process = isOfProcess && 'process' in link ? link.process : undefined;
  if (process && process.missing.length > 0) return [...process.missing.map(lackedOf), SEEN];
  return [
    {
      kind: kindOfLack(lacks),
      get says() {
        return wordLink(link);
      },
    },
  ];
}

const lackedOf = ({ kind, doubt }: MissingProof): Lacked => ({
  kind,
  get says() {
    return wordDoubt(doubt);
  },
});

/** Whatever is not known of a process, the process itself shows it. */
const SEEN: Lacked = {
  kind: 'observation',
  get says() {
    return wordLack(lacking('sight-of-process'));
  },
};
