import type { Report, ReportEnd, ReportLink } from '../report.ts';
import { keyOf } from './cards.ts';

/** What is looked up in a report to draw some of its chains, gathered once for all pictures of it. */
export interface Lookup {
  readonly links: ReadonlyMap<string, ReportLink>;
  /** The ports of a Service, by set and resource, to show what there is beside one that is not. */
  readonly servicePorts: ReadonlyMap<string, readonly ReportEnd[]>;
  /** The links that arrive at a resource, or end before one, by set and resource. */
  readonly arriving: ReadonlyMap<string, readonly ReportLink[]>;
}

const known = new WeakMap<Report, Lookup>();

export function lookupOf(report: Report): Lookup {
  const there = known.get(report);
  if (there) return there;
  const servicePorts = new Map<string, ReportEnd[]>();
  const arriving = new Map<string, ReportLink[]>();
  for (const link of report.links) {
    const { kind, set, from, to } = link;
    if (kind === 'target-port') add(servicePorts, `${set}|${keyOf(from.resource)}`, from);
    add(arriving, `${set}|${keyOf((to ?? from).resource)}`, link);
  }
  const made = { links: new Map(report.links.map((link) => [link.id, link])), servicePorts, arriving };
  known.set(report, made);
  return made;
}

function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
