import { signal } from '@preact/signals';

/** The link that the keyboard is at. */
export const cursor = signal('');
