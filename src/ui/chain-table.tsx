import type { VNode } from 'preact';
import { forwarded, pathOf, sayLink, valuesOf, wayIn } from '../report/map/words.ts';
import type { ReportChain, ReportHop, ReportLink } from '../report/report.ts';
import { go } from './address.ts';
import { cursor } from './cursor.ts';
import { index } from './data.ts';
import { StateBadge } from './state-badge.tsx';
import { SIGNS } from './words.ts';

const COLUMNS = ['Ingress, Gateway, route', 'Service', 'Pod', 'Process'] as const;

interface TableProps {
  readonly chains: readonly ReportChain[];
  /** Else it is there for readers of the page alone, and for the keyboard. */
  readonly isShown: boolean;
}

/** Each way in a row, each link where it arrives. */
export const ChainTable = ({ chains, isShown }: TableProps): VNode => (
  <div class={isShown ? 'table' : 'unseen table'} {...(isShown ? { tabIndex: 0 } : {})}>
    <table>
      <caption class="unseen">Every way in, and each link of it from the Internet to the process</caption>
      <thead>
        <tr>
          <th scope="col">Way in</th>
          <th scope="col">State</th>
          {COLUMNS.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chains.map((chain) => (
          <Row key={chain.id} chain={chain} />
        ))}
      </tbody>
    </table>
  </div>
);

function Row({ chain }: { readonly chain: ReportChain }): VNode {
  const links = inOrder(chain.tree);
  return (
    <tr data-row={chain.state}>
      <th scope="row">{wayText(chain)}</th>
      <td>
        <StateBadge state={chain.state} />
      </td>
      {COLUMNS.map((name, column) => (
        <td key={name}>
          {links
            .filter((link) => columnOf(link) === column)
            .map((link) => (
              <LinkButton key={link.id} link={link} />
            ))}
        </td>
      ))}
    </tr>
  );
}

export const wayText = ({ entry }: ReportChain): string =>
  [
    wayIn(entry),
    pathOf(entry),
    entry.port === null ? '' : `port ${entry.port}`,
    `${entry.resource.kind} ${entry.resource.name}`,
  ]
    .filter(Boolean)
    .join(' · ');

/** The first way through each branch; a link that branches share stands once. */
function inOrder(tree: readonly ReportHop[], seen = new Set<string>()): ReportLink[] {
  return tree.flatMap(({ link: id, next }) => {
    const link = seen.has(id) ? undefined : index.value.link(id);
    seen.add(id);
    return [...(link ? [link] : []), ...inOrder(next, seen)];
  });
}

function columnOf({ kind, from, to }: ReportLink): number {
  const { kind: arrives } = (to ?? from).resource;
  if (kind === 'parent') return 0;
  if (kind === 'backend') return to && arrives !== 'Service' ? 0 : 1;
  if (kind === 'host') return arrives === 'Service' ? 1 : 2;
  return kind === 'selector' || kind === 'target-port' ? 2 : 3;
}

/** Both values; of a link without any, what it is about. */
function shortly(link: ReportLink): string {
  const [left, right] = valuesOf(link);
  if (!link.disagreeing && link.kind === 'selector') return `labels${forwarded(link.forwards ?? [])}`;
  if (!link.disagreeing && link.kind === 'config') return `from ${(link.to ?? link.from).resource.kind}`;
  return `${left || 'any'} → ${right || 'found'}`;
}

function LinkButton({ link }: { readonly link: ReportLink }): VNode {
  return (
    <button
      type="button"
      class={`plain hop ${link.state}`}
      data-link={link.id}
      onClick={() => go({ link: link.id })}
      onFocus={() => {
        cursor.value = link.id;
      }}
      onBlur={() => {
        cursor.value = '';
      }}
    >
      <span aria-hidden="true">{SIGNS[link.state]} </span>
      {shortly(link)}
      <span class="unseen"> {sayLink(link)}</span>
    </button>
  );
}
