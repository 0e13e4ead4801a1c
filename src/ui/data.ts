import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { PageData } from '../report/page/page-data.ts';
import { Index } from './report-index.ts';

const EMPTY: PageData = {
  report: {
    schema: 'portolan/v1',
    tool: { name: 'portolan', version: '' },
    sources: [],
    plan: [],
    sets: [],
    summary: {
      resources: 0,
      links: { whole: 0, broken: 0, unproved: 0 },
      chains: { whole: 0, broken: 0, unproved: 0 },
      findings: { error: 0, warning: 0, info: 0 },
      ignored: 0,
    },
    links: [],
    chains: [],
    findings: [],
    unproved: [],
    errors: [],
    foreign: [],
    ignores: [],
  },
  excerpts: {},
  changes: [],
  pages: {},
  given: '',
};

const data = signal<PageData>(EMPTY);

/** The report that is shown, and all that is looked up in it. */
export const index: ReadonlySignal<Index> = computed(() => new Index(data.value));

export const show = (next: PageData): void => {
  data.value = next;
  index.peek().prepare();
};

/** Where a server gives the data anew; undefined in a page that has it inside. */
export const inside = (): PageData | undefined => {
  const element = document.getElementById('data');
  return element ? (JSON.parse(element.textContent ?? '') as PageData) : undefined;
};
