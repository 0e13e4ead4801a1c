import type { ReportGround, ReportLink } from '../report/report.ts';

/** What the drawer says of a link: what stands above is not said again below. */
export interface SaidOnce {
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
  /** Each command once, below all that it would prove. */
  readonly proof: ReadonlyMap<string, readonly string[]>;
}

interface Evidence {
  readonly ground: ReportGround;
  /** Empty where the sentence says it. */
  readonly says: string;
}

/** A doubt, without what stands after it: what would end it. */
function doubtIn(reason: string): string | undefined {
  const end = reason.endsWith(' would prove it') ? reason.lastIndexOf('; ') : -1;
  return end > 0 ? reason.slice(0, end) : undefined;
}

/** `message` is of what a rule found here: it is the sentence of a broken link. */
export function saidOnce(link: ReportLink, message: string | undefined): SaidOnce {
  const { state, reason, missing } = link;
  const doubt = missing.length > 0 ? doubtIn(reason) : undefined;
  const sentence = (state === 'broken' ? message : doubt) ?? reason;
  const untold = (says: string): string => (sentence.includes(says) ? '' : says);
  const proof = new Map<string, string[]>();
  for (const { says, command } of missing) {
    const told = proof.get(command) ?? [];
    proof.set(command, told);
    const after = untold(says.startsWith(`${sentence}; `) ? says.slice(sentence.length + 2) : says);
    if (after) told.push(after);
  }
  const evidence = link.grounds
    .map((ground) => ({ ground, says: untold(ground.says) }))
    .filter(({ ground, says }) => says || ground.location || ground.source || ground.at);
  return { sentence, evidence, proof };
}
