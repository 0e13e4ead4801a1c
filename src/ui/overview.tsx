import type { VNode } from 'preact';
import { WORST_FIRST } from '../report/order.ts';
import type { State } from '../report/report.ts';
import { largest } from '../text/largest.ts';
import { go } from './address.ts';
import { chosen, namespaceOf, spaceOf } from './selection.ts';
import { SIGNS, ways } from './words.ts';

const MOST = 200;

/** Where to look first, when there is too much to look at: each namespace with its ways in by state. */
export function Overview(): VNode {
  const rows = new Map<string, Record<State, number>>();
  for (const chain of chosen.value) {
    const row = rows.get(namespaceOf(chain)) ?? { broken: 0, unproved: 0, whole: 0 };
    row[chain.state] += 1;
    rows.set(namespaceOf(chain), row);
  }
  const sorted = [...rows].sort(
    ([one, a], [other, b]) =>
      b.broken - a.broken || b.unproved - a.unproved || one.localeCompare(other, 'en', { numeric: true }),
  );
  const most = largest(sorted.flatMap(([, row]) => Object.values(row)));
  return (
    <div class="overview">
      <p>
        {ways(chosen.value.length)} are too many for one picture. Choose a namespace, search, or{' '}
        <button type="button" class="link" onClick={() => go({ view: 'all' })}>
          look at them page by page
        </button>
        .
      </p>
      <table>
        <caption class="unseen">Ways in by namespace and state</caption>
        <thead>
          <tr>
            <th scope="col">Namespace</th>
            {WORST_FIRST.map((state) => (
              <th scope="col" key={state}>
                {SIGNS[state]} {state}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, MOST).map(([namespace, row]) => (
            <tr key={namespace}>
              <th scope="row">
                <button type="button" class="link" onClick={() => go({ ns: spaceOf(namespace) })}>
                  {namespace || 'no namespace'}
                </button>
              </th>
              {WORST_FIRST.map((state) => (
                <td key={state}>
                  <Cell namespace={namespace} state={state} number={row[state]} most={most} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > MOST && <p>and {sorted.length - MOST} more namespaces: search for them.</p>}
    </div>
  );
}

interface CellProps {
  readonly namespace: string;
  readonly state: State;
  readonly number: number;
  /** The largest of all cells. */
  readonly most: number;
}

function Cell({ namespace, state, number, most }: CellProps): VNode {
  if (number === 0) return <span class="soft">·</span>;
  return (
    <button
      type="button"
      class={`cell ${state}`}
      onClick={() => go({ ns: spaceOf(namespace), state: [state] })}
      aria-label={`${number} ${state} in ${namespace || 'no namespace'}`}
    >
      <svg class="bar" width="7rem" height="0.6rem" aria-hidden="true">
        <rect class={state} width={`${Math.max(3, (100 * number) / most)}%`} height="100%" rx="2" />
      </svg>{' '}
      {number}
    </button>
  );
}
