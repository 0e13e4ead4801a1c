import type { ReportLink, ReportLocation, State } from '../report/report.ts';
import { table } from '../text/table.ts';

/** A state is never told by its colour alone. */
export const SIGNS: Readonly<Record<State, string>> = { broken: '✕', unproved: '?', whole: '✓' };

export const LINK_WORDS = table<string>({
  parent: 'Route → listener',
  backend: 'Route → Service port',
  selector: 'Service → Pods',
  'target-port': 'Service port → Pod port',
  bind: 'Pod port → process',
  probe: 'Probe → Pod port',
  host: 'Port of the node → Pod or Service',
  policy: 'NetworkPolicy → Pod port',
  client: 'Address → Service port',
  monitor: 'Scrape → port',
  webhook: 'Webhook → Service port',
  config: 'Variable → ConfigMap or Secret',
});

export const count = (number: number, one: string, many: string = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

export const ways = (number: number): string => count(number, 'way in', 'ways in');

export const placeText = ({ path, line, column }: ReportLocation): string => `${path}:${line}:${column}`;

/** What a link leads to, or was meant to. */
export const farEndOf = ({ to, nearest }: ReportLink): ReportLink['to'] => to ?? nearest ?? null;
