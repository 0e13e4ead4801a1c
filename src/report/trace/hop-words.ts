import { largest } from '../../text/largest.ts';
import { table } from '../../text/table.ts';
import type { ReportEnd, ReportLink } from '../report.ts';
import { nodeOf } from './node.ts';

/** What each hop is called, in the words of the field. */
export const HOP: Readonly<Partial<Record<string, string>>> = table<string>({
  parent: 'listener',
  backend: 'backend',
  selector: 'selector',
  'target-port': 'targetPort',
  bind: 'process',
  host: 'host port',
  config: 'value',
});

export const HOP_WIDTH: number = largest(Object.values(HOP).map((name = '') => name.length));

/** What a hop asks for: a number, a name, labels. */
export const askedOf = ({ kind, from }: ReportLink): string =>
  ASKED[kind]?.(from) ?? (numberOf(from) || nodeOf(from));

/** What it finds. */
export const foundOf = (link: ReportLink): string =>
  link.to ? endOf(link, link.to) : FOUND_NOTHING[link.state];

/** A route that answers by itself needs nothing behind it. */
const FOUND_NOTHING = { whole: 'answered here', broken: 'nothing', unproved: 'not known' } as const;

/** What a hop that is about no port asks for. */
const ASKED = table<(from: ReportEnd) => string>({
  parent: (from) => numberOf(from) || 'any',
  selector: () => 'labels',
  config: ({ container }) => `container ${container}`,
});

function endOf({ kind, from }: ReportLink, to: ReportEnd): string {
  const container = to.container === undefined ? '' : ` of container ${to.container}`;
  if (kind === 'selector' || kind === 'config') return nodeOf(to);
  if (kind === 'parent') return [numberOf(to), nodeOf(to)].filter(Boolean).join(' of ');
  const sameNode = nodeOf(from) === nodeOf(to);
  return `${numberOf(to) || (sameNode ? 'no such port' : nodeOf(to))}${container}`;
}

function numberOf({ port, targetPort }: ReportEnd): string {
  if (!port) return '';
  const { name, number, protocol } = port;
  const said = targetPort === undefined ? [name, number] : [targetPort];
  const value = said.filter((part) => part !== undefined).join(' ');
  return value === '' ? '' : `${value}${protocol && protocol !== 'TCP' ? `/${protocol}` : ''}`;
}
