import { signal } from '@preact/signals';
import type { PageData } from '../report/page/page-data.ts';
import type { ReportLink } from '../report/report.ts';
import { at, go } from './address.ts';
import { announce } from './announce.tsx';
import { index, show } from './data.ts';
import { count } from './words.ts';

/** Links that the last change of the input changed: they flash. */
export const changed = signal<ReadonlySet<string>>(new Set());

/** As long as it takes to see where. */
const FLASH_MS = 4000;

const end = (one: ReportLink['from'] | null): string =>
  one ? [one.resource.kind, one.resource.namespace, one.resource.name, one.container].join('/') : '';

/** What stays the same of a link while its numbers change; ids are given anew by each run. */
function keysOf(links: readonly ReportLink[]): Map<string, ReportLink> {
  const seen = new Map<string, number>();
  return new Map(
    links.map((link) => {
      const key = [link.set, link.kind, end(link.from), end(link.to)].join(' ');
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      return [`${key} ${times}`, link];
    }),
  );
}

const valuesIn = ({ from, to, state }: ReportLink): string =>
  JSON.stringify([from.port, from.targetPort, to?.port, state]);

/** Puts a new report in the place of the old one: what was chosen stays chosen, what changed flashes. */
export function showChange(next: PageData): void {
  const before = keysOf(index.peek().data.report.links);
  const after = keysOf(next.report.links);
  const other = new Set<string>();
  let open = '';
  for (const [key, link] of after) {
    const old = before.get(key);
    if (!old || valuesIn(old) !== valuesIn(link)) other.add(link.id);
    if (old?.id === at('link')) open = link.id;
  }
  show(next);
  changed.value = other;
  setTimeout(() => {
    if (changed.peek() === other) changed.value = new Set();
  }, FLASH_MS);
  if (at('link') !== '') go({ link: open }, true);
  const { broken, unproved, whole } = next.report.summary.chains;
  announce(`${count(other.size, 'link')} changed: ${broken} broken, ${unproved} unproved, ${whole} whole`);
}

const load = async (): Promise<PageData> => (await (await fetch('data.json')).json()) as PageData;

/** Follows what the server of the page tells. */
export async function followServer(): Promise<void> {
  show(await load());
  const events = new EventSource('events');
  events.addEventListener('change', async () => showChange(await load()));
  events.addEventListener('error', () => announce('portolan no longer runs: this page stays as it is'));
}

/** Asks the server to apply a fix; what it answers, in words. */
export async function apply(fingerprint: string, fix: number): Promise<string> {
  const answer = await fetch('fixes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fingerprint, fix }),
  }).catch(() => undefined);
  return answer ? await answer.text() : 'portolan no longer runs';
}
