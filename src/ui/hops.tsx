import type { VNode } from 'preact';
import { nameOf, valuesOf } from '../report/map/words.ts';
import { placeOf } from '../report/page/excerpts.ts';
import type { ReportChain, ReportHop } from '../report/report.ts';
import { go } from './address.ts';
import { wayText } from './chain-table.tsx';
import { index } from './data.ts';
import { Prose } from './prose.tsx';
import { StateBadge } from './state-badge.tsx';
import { farEndOf, LINK_WORDS, placeText } from './words.ts';

/** One way in, hop by hop, as `portolan trace` tells it. */
export const Hops = ({ chain }: { readonly chain: ReportChain }): VNode => (
  <div class="hops">
    <h3>
      {wayText(chain)} <StateBadge state={chain.state} />
    </h3>
    <Branches hops={chain.tree} />
  </div>
);

/** A list of its own for each way on. */
const Branches = ({ hops }: { readonly hops: readonly ReportHop[] }): VNode => (
  <>
    {hops.map((hop) => {
      const straight = [hop];
      for (let [next, other] = hop.next; next && !other; [next, other] = next.next) straight.push(next);
      return (
        <ol key={hop.link}>
          {straight.map((one) => (
            <Hop key={one.link} hop={one} />
          ))}
        </ol>
      );
    })}
  </>
);

function Hop({ hop }: { readonly hop: ReportHop }): VNode | null {
  const link = index.value.link(hop.link);
  if (!link) return null;
  const [left, right] = valuesOf(link);
  const far = farEndOf(link);
  const places = [link.from, far].flatMap((end) => (end && placeOf(end) ? placeOf(end)! : []));
  return (
    <li>
      <button type="button" class="link" data-link={link.id} onClick={() => go({ link: link.id })}>
        {LINK_WORDS[link.kind] ?? link.kind}
      </button>{' '}
      <b class={`value ${link.state}`}>
        {left || nameOf(link.from.resource)} → {right || (far ? nameOf(far.resource) : 'nothing')}
      </b>{' '}
      <StateBadge state={link.state} />
      <br />
      <Prose text={link.reason} /> <span class="soft">{places.map(placeText).join(' → ')}</span>
      {hop.next.length > 1 && <Branches hops={hop.next} />}
    </li>
  );
}
