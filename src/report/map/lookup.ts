import { groupBy } from '../../text/group-by.ts';
import type { Report, ReportEnd, ReportLink } from '../report.ts';
import { keyOf } from './cards.ts';
import { portKey } from './words.ts';

/** What is looked up in a report to draw some of its chains, gathered once for all pictures of it. */
export interface Lookup {
  readonly links: ReadonlyMap<string, ReportLink>;
  /** What each port of a Service forwards to, by set and resource, and the port: known without its Pods as well. */
  readonly servicePorts: ReadonlyMap<string, ReadonlyMap<string, ReportEnd>>;
  /** The links that arrive at a resource, or end before one, by set and resource. */
  readonly arriving: ReadonlyMap<string, readonly ReportLink[]>;
}

const known = new WeakMap<Report, Lookup>();

export function lookupOf(report: Report): Lookup {
  const there = known.get(report);
  if (there) return there;
  const servicePorts = new Map<string, Map<string, ReportEnd>>();
  const forward = (set: string, ports: readonly ReportEnd[]): void => {
    for (const from of ports) {
      const service = `${set}|${keyOf(from.resource)}`;
      const there = servicePorts.get(service) ?? new Map<string, ReportEnd>();
      servicePorts.set(service, there.set(portKey(from), from));
    }
  };
  for (const { kind, set, from, forwards } of report.links) {
    if (kind === 'target-port') forward(set, [from]);
    if (forwards) forward(set, forwards);
  }
  const made = {
    links: new Map(report.links.map((link) => [link.id, link])),
    servicePorts,
    arriving: groupBy(report.links, ({ set, from, to }) => `${set}|${keyOf((to ?? from).resource)}`),
  };
  known.set(report, made);
  return made;
}
