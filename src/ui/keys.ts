import { signal } from '@preact/signals';
import { at } from './address.ts';
import { cursor } from './cursor.ts';
import { close } from './drawer.tsx';

export const isHelpOpen = signal(false);

/** What the keyboard does, for the help of the page. */
export const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['j k', 'next and last way in'],
  ['h l', 'one lane to the left or right'],
  ['Enter', 'both ends of a link, and why'],
  ['n p', 'next and last broken link'],
  ['Esc', 'close'],
  ['?', 'this help'],
];

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.chains tr[data-row]')];
const linksIn = (row: ParentNode): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('[data-link]')];

/** Where the keyboard is; where it left off, when it is elsewhere. */
let last: { row: number; lane: number } | undefined;

function here(): { row: number; lane: number } | undefined {
  const active = document.activeElement;
  const row = rows().findIndex((one) => one.contains(active));
  if (row < 0) return last;
  return { row, lane: linksIn(rows()[row]!).indexOf(active as HTMLElement) };
}

function moveTo(row: number, lane: number): void {
  const all = rows();
  const links = all[Math.max(0, Math.min(row, all.length - 1))];
  if (!links) return;
  const inRow = linksIn(links);
  const link = inRow[Math.max(0, Math.min(lane, inRow.length - 1))];
  if (!link) return;
  last = { row: all.indexOf(links), lane: inRow.indexOf(link) };
  focus(link);
}

function focus(link: HTMLElement): void {
  link.focus({ preventScroll: true });
  cursor.value = link.dataset.link ?? '';
  if (at('view') === 'table') link.scrollIntoView({ block: 'nearest' });
}

/** Goes to the next link of its kind after the one where the keyboard is, and round. */
function moveToBroken(step: 1 | -1): void {
  const all = rows().flatMap(linksIn);
  const broken = all.filter((link) => link.classList.contains('broken'));
  if (broken.length === 0) return;
  const place = here();
  const now = place ? all.indexOf(linksIn(rows()[place.row]!)[place.lane]!) : -1;
  const next =
    step > 0
      ? (broken.find((link) => all.indexOf(link) > now) ?? broken[0])
      : (broken.findLast((link) => all.indexOf(link) < now) ?? broken.at(-1));
  const row = rows().findIndex((one) => one.contains(next!));
  moveTo(row, linksIn(rows()[row]!).indexOf(next!));
}

const MOVES: Readonly<Record<string, () => void>> = {
  j: () => moveTo((here()?.row ?? -1) + 1, here()?.lane ?? 0),
  k: () => moveTo((here()?.row ?? 1) - 1, here()?.lane ?? 0),
  h: () => moveTo(here()?.row ?? 0, (here()?.lane ?? 1) - 1),
  l: () => moveTo(here()?.row ?? 0, (here()?.lane ?? -1) + 1),
  n: () => moveToBroken(1),
  p: () => moveToBroken(-1),
  '/': () => document.querySelector<HTMLElement>('#search')?.focus(),
  '?': () => {
    isHelpOpen.value = !isHelpOpen.value;
  },
};

/** Keys work wherever nobody writes. */
export function followKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (event.key === 'Escape') {
      if (isHelpOpen.value) isHelpOpen.value = false;
      else if (at('link') !== '') close();
      else target.blur();
      return;
    }
    if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
    if (!move) return;
    event.preventDefault();
    move();
  });
}
