import { signal } from '@preact/signals';
import type { VNode } from 'preact';

const news = signal('');

/** Tells those who do not see the page what changed on it. */
export const announce = (text: string): void => {
  news.value = text;
};

export const News = (): VNode => (
  <div class="unseen" role="status" aria-live="polite">
    {news.value}
  </div>
);
