import { computed, type ReadonlySignal, signal } from '@preact/signals';

/** All that is chosen on the page, as it stands behind the `#` of its address. */
const KEYS = [
  'q',
  'url',
  'state',
  'ns',
  'set',
  'rule',
  'link',
  'open',
  'skip',
  'view',
  'theme',
  'text',
  'example',
] as const;
type Key = (typeof KEYS)[number];
type Address = Readonly<Partial<Record<Key, string>>>;

const written = signal<Address>({});

/** All of it. */
export const address: ReadonlySignal<Address> = written;

function read(): Address {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(KEYS.flatMap((key) => (given.get(key) ? [[key, given.get(key) ?? '']] : [])));
}

/** The value of a part of the address; empty where it says nothing. */
export const at = (key: Key): string => address.value[key] ?? '';

/** A part that lists several values. */
export const listAt = (key: Key): string[] => at(key).split(',').filter(Boolean).map(decodeURIComponent);

/** Whether anything narrows what is shown. */
export const isNarrowed: ReadonlySignal<boolean> = computed(() =>
  ['q', 'url', 'state', 'ns', 'set', 'rule'].some((key) => at(key as Key) !== ''),
);

export type Change = Readonly<Partial<Record<Key, string | readonly string[]>>>;

const FILTERS: readonly Key[] = ['q', 'url', 'state', 'ns', 'set', 'rule'];

/**
 * Goes where the changes lead; the back button leads back unless `quiet`. What is narrowed anew is shown from its
 * beginning.
 */
export function go(changes: Change, quiet = false): void {
  const isNew = FILTERS.some((key) => key in changes);
  const changed = Object.entries(changes).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : value.map(encodeURIComponent).join(','),
  ]);
  const next = { ...address.peek(), ...(isNew ? { skip: '' } : {}), ...Object.fromEntries(changed) };
  written.value = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''));
  const hash = `#${new URLSearchParams(address.peek() as Record<string, string>)}`;
  if (quiet) history.replaceState(OURS, '', hash);
  else if (hash !== (location.hash || '#')) history.pushState(OURS, '', hash);
}

/** The address with some changes, for a link that can be kept. */
export const hrefOf = (changes: Readonly<Partial<Record<Key, string>>>): string =>
  `#${new URLSearchParams({ ...(address.value as Record<string, string>), ...changes })}`;

/** What an entry of the history says that the page itself has made, or has been at. */
const OURS = 'seen';

/** `arrive` is called where somebody gave the open page an address; the back button gives none. */
export function followAddress(arrive: () => void = () => undefined): void {
  const follow = (): void => {
    written.value = read();
    if (history.state === OURS) return;
    history.replaceState(OURS, '');
    arrive();
  };
  history.replaceState(OURS, '');
  written.value = read();
  // An address that somebody types is told as both.
  addEventListener('hashchange', follow);
  addEventListener('popstate', follow);
}
