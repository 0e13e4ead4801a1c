import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { address } from './address.ts';
import { index } from './data.ts';

const asked = computed(() => ({ of: index.value, at: address.value }));

/** What was asked for when nothing had been asked for some time. */
const settled = signal(asked.peek());

/** About as long as it takes to press the next key. */
const PAUSE_MS = 150;

/** Whether nobody is typing: all that there is room for is made then, and before that as little as shows. */
export const isSettled: ReadonlySignal<boolean> = computed(() => settled.value === asked.value);

effect(() => {
  const now = asked.value;
  // Another report is shown whole.
  if (settled.peek().of !== now.of) {
    settled.value = now;
    return;
  }
  const timer = setTimeout(() => {
    settled.value = now;
  }, PAUSE_MS);
  return () => clearTimeout(timer);
});

/**
 * A value as it was when nobody was typing: whoever types sees what is left at once, and the rest of the page is made
 * for the last of several keys alone.
 */
export function onceSettled<T>(value: ReadonlySignal<T>): T {
  void settled.value;
  return value.peek();
}
