import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { PageData } from '../report/page/page-data.ts';
import { bytesOf, through } from './deflated.ts';
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
  concepts: [],
  given: '',
};

const data = signal<PageData>(EMPTY);

/** The report that is shown, and all that is looked up in it. */
export const index: ReadonlySignal<Index> = computed(() => new Index(data.value));

export const show = (next: PageData): void => {
  data.value = next;
  index.peek().prepare();
};

/** What the page has inside; undefined where a server gives it. */
export async function inside(): Promise<PageData | undefined> {
  const element = document.getElementById('data');
  if (!element) return undefined;
  const stretches = (element.textContent ?? '').trim().split('\n').map(bytesOf);
  return (await through(new DecompressionStream('deflate-raw'), ...stretches).json()) as PageData;
}
