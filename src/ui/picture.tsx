import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { renderInPage } from '../report/map/svg.ts';
import { at, go } from './address.ts';
import { ChainTable } from './chain-table.tsx';
import { cursor } from './cursor.ts';
import { index } from './data.ts';
import { changed } from './live.ts';
import { drawn } from './selection.ts';
import { onceSettled } from './settled.ts';

/** The drawn chains: a picture, and the same as a table for those who do not see it, or would rather read. */
export function Picture(): VNode {
  const isTable = at('view') === 'table';
  return (
    <div class={isTable ? 'as-table' : 'as-picture'}>
      <Drawing key="drawing" svg={renderInPage(drawn.value.picture, isNarrow.value)} />
      {isTable ? <ChainTable chains={drawn.value.chains} isShown /> : <UnseenTable />}
    </div>
  );
}

const UnseenTable = (): VNode => <ChainTable chains={onceSettled(drawn).chains} isShown={false} />;

/** Below this width, in letters of the page, all five lanes are in sight only if their cards are narrow. */
const WIDE_REM = 68;

/** Whether the picture has less room than that: beside a drawer, or beside an editor. */
const isNarrow = signal(false);

const watchRoom = new ResizeObserver(([entry]) => {
  const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const width = entry?.contentRect.width ?? 0;
  // What is not shown has no width.
  if (width > 0) isNarrow.value = width < WIDE_REM * letter;
});

function Drawing({ svg }: { readonly svg: string }): VNode {
  const frame = useRef<HTMLDivElement>(null);
  const [chosen, open, flashing] = [cursor.value, at('link'), changed.value];
  useEffect(() => {
    if (frame.current) mark(frame.current, { at: [chosen], open: [open], changed: [...flashing] });
    const wire =
      frame.current?.querySelector('.way.at .reach') ?? frame.current?.querySelector('.way.open .reach');
    if (wire) scrollTo(wire, frame.current!);
  }, [svg, chosen, open, flashing]);
  // For the mouse; the keyboard has the buttons of the table.
  useEffect(() => {
    const click = (event: Event): void => {
      const id = linkAt(event.target as Element);
      if (id !== undefined) go({ link: id });
    };
    const own = frame.current!;
    own.addEventListener('click', click);
    watchRoom.observe(own);
    return () => {
      own.removeEventListener('click', click);
      watchRoom.unobserve(own);
    };
  }, []);
  return (
    // The renderer escapes every text, and the page runs no script but its own.
    <section
      class={isNarrow.value ? 'narrow drawing' : 'drawing'}
      aria-label="Picture; the table says the same"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
      tabIndex={0}
      ref={frame}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}

/** Gives the parts that draw some links a class, and takes it from all others. */
function mark(frame: HTMLElement, classes: Readonly<Record<string, readonly string[]>>): void {
  for (const [name, links] of Object.entries(classes)) {
    for (const part of frame.querySelectorAll(`.${name}`)) part.classList.remove(name);
    const marked = new Set(links.filter(Boolean));
    if (marked.size === 0) continue;
    for (const part of frame.querySelectorAll('[data-links]')) {
      if (
        part
          .getAttribute('data-links')
          ?.split(' ')
          .some((link) => marked.has(link))
      )
        part.classList.add(name);
    }
  }
}

/** The link that is drawn there, of several the worst; of a card that which leads to it. */
function linkAt(target: Element): string | undefined {
  const links = target.closest('[data-links]')?.getAttribute('data-links')?.split(' ');
  if (links) return worstOf(links);
  const card = Number(target.closest('[data-card]')?.getAttribute('data-card') ?? -1);
  const { wires } = drawn.value.picture;
  const wire =
    wires.find(({ to, links: of }) => to.card.number === card && of.length > 0) ??
    wires.find(({ from, links: of }) => from.card.number === card && of.length > 0);
  return wire && worstOf(wire.links.map(({ id }) => id));
}

const worstOf = (links: readonly string[]): string | undefined =>
  ['broken', 'unproved']
    .map((state) => links.find((id) => index.value.link(id)?.state === state))
    .find((id) => id !== undefined) ?? links.at(-1);

/** Into sight with the cards at both of its ends, and no further than needed. */
function scrollTo(wire: Element, frame: HTMLElement): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const behavior = isStill ? 'instant' : 'smooth';
  const [box, room] = [wire.getBoundingClientRect(), frame.getBoundingClientRect()];
  const card = frame.querySelector('.card')?.getBoundingClientRect().width ?? 0;
  const [before, after] = [box.left - card - room.left, box.right + card - room.right];
  const across = after > 0 ? after : Math.min(0, before);
  if (across !== 0) frame.scrollBy({ left: across, behavior });
  if (box.top < 0 || box.bottom > innerHeight) scrollBy({ top: box.top - innerHeight / 2, behavior });
}
