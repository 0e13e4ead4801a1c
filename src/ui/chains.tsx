import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { at, go, isNarrowed, listAt } from './address.ts';
import { index } from './data.ts';
import { Hops } from './hops.tsx';
import { Overview } from './overview.tsx';
import { Picture } from './picture.tsx';
import { chosen, drawn, folded, folds, followed, isOverview, spaceOf, unfolded } from './selection.ts';
import { ways } from './words.ts';

/** The chains that are asked for: an overview, a picture, or one row hop by hop. */
export function Chains(): VNode {
  const isTable = at('view') === 'table';
  return (
    <section aria-labelledby="chains-title" class="chains">
      <header class="row">
        <h2 id="chains-title">{titleOf()}</h2>
        {!isOverview.value && chosen.value.length > 0 && (
          <button
            type="button"
            class="plain"
            aria-pressed={isTable}
            onClick={() => go({ view: isTable ? '' : 'table' })}
          >
            as a table
          </button>
        )}
      </header>
      {followed.value?.missing !== undefined && <p role="status">{followed.value.missing}</p>}
      {isOverview.value ? <Overview /> : <Shown />}
    </section>
  );
}

const titleOf = (): string => {
  const all = index.value.chains.length;
  if (all === 0) return 'No way in';
  return isNarrowed.value ? `${chosen.value.length} of ${ways(all)}` : ways(all);
};

function Shown(): VNode {
  if (chosen.value.length === 0)
    return (
      <p>
        {index.value.chains.length === 0
          ? 'The input has no Service and no route to one.'
          : 'No way in is like this.'}
      </p>
    );
  return (
    <>
      {followed.value &&
        !isNarrow.value &&
        chosen.value.length <= 5 &&
        chosen.value.map((chain) => <Hops key={chain.id} chain={chain} />)}
      {unfolded.value.length > 0 && <Unfolded isTable={at('view') === 'table'} />}
      <Pages />
      <Folds />
    </>
  );
}

function Unfolded({ isTable }: { readonly isTable: boolean }): VNode {
  if (isNarrow.value && !isTable) return <AllHops />;
  return (
    <>
      {!isTable && <Legend />}
      <Picture />
    </>
  );
}

function Pages(): VNode | null {
  const { picture, chains, skipped } = drawn.value;
  if (picture.left === 0 && skipped === 0) return null;
  const end = skipped + chains.length;
  return (
    <p class="pages">
      {skipped + 1} to {end} of {ways(unfolded.value.length)} are drawn.{' '}
      {skipped > 0 && (
        <button type="button" onClick={() => go({ skip: '' })}>
          From the first
        </button>
      )}{' '}
      {picture.left > 0 && (
        <button type="button" onClick={() => go({ skip: String(end) })}>
          The next
        </button>
      )}
    </p>
  );
}

/** A picture that is wider than the window shows nothing at once. */
const narrow = matchMedia('(max-width: 44rem)');
const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', () => {
  isNarrow.value = narrow.matches;
});

const AllHops = (): VNode => (
  <>
    {drawn.value.chains.map((chain) => (
      <Hops key={chain.id} chain={chain} />
    ))}
  </>
);

/** Whole ways in as a number for each namespace; a click shows them. */
function Folds(): VNode | null {
  if (folds.value.length === 0) return null;
  const closed = new Set(folded.value.map(({ namespace }) => namespace));
  const toggle = (namespace: string): void => {
    const space = spaceOf(namespace);
    const open = listAt('open');
    go({ open: open.includes(space) ? open.filter((one) => one !== space) : [...open, space] });
  };
  return (
    <ul class="folds" aria-label="Whole ways in">
      {folds.value.slice(0, 100).map(({ namespace, count }) => (
        <li key={namespace}>
          <button
            type="button"
            class="fold"
            aria-expanded={!closed.has(namespace)}
            onClick={() => toggle(namespace)}
          >
            <span class="sign whole" aria-hidden="true">
              ✓
            </span>{' '}
            {count} whole in {namespace || 'no namespace'}
          </button>
        </li>
      ))}
    </ul>
  );
}

const KEYS = [
  ['whole', 'M2 6H30', 'whole: both ends agree'],
  ['broken', 'M2 6H11M21 6H30M12.5 2.5l7 7m0-7l-7 7', 'broken: proved not to meet'],
  ['unproved', 'M2 6H30', 'unproved: says what would prove it'],
  ['inside', 'M2 6H30', 'dotted: nothing outside reaches it'],
] as const;

const Legend = (): VNode => (
  <ul class="legend" aria-label="How links are drawn">
    {KEYS.map(([kind, line, says]) => (
      <li key={kind}>
        <svg width="2rem" height="0.75rem" viewBox="0 0 32 12" aria-hidden="true">
          <path class={`wire ${kind}`} d={line} />
        </svg>{' '}
        {says}
      </li>
    ))}
  </ul>
);
