import type { Report, ReportEnd, ReportFinding, ReportLink } from '../report.ts';
import { nameOf, nodeOf } from './node.ts';
import type { Traced } from './select.ts';

/** Links that are no part of a chain, and keep traffic from its Pods all the same. */
const IN_THE_WAY: ReadonlySet<string> = new Set(['policy', 'probe', 'config']);

/** What is told of one way: under the id of the link, or the node, where it is met first. */
export type Concerns = ReadonlyMap<string, readonly ReportFinding[]>;

/** Every finding about what a way passes: its links, what lies before its Pods, and the objects themselves. */
export function concernsOf(report: Report, { chain, links }: Traced): Concerns {
  const byId = new Map(report.links.map((link) => [link.id, link]));
  const own = new Set(links.map(({ id }) => id));
  const ways = new Map(links.map((link) => [wayOf(link), link.id]));
  const nodes = new Set([
    ...(links.length === 0 || chain.links[0] === links[0]?.id ? [nameOf(chain.entry.resource)] : []),
    ...links.flatMap(({ from, to }) => (to ? [nodeOf(from), nodeOf(to)] : [nodeOf(from)])),
  ]);
  const listeners = new Map(
    links.flatMap(({ id, kind, to }) => (kind === 'parent' && to ? [[listenerOf(to), id]] : [])),
  );
  const podPorts = new Set(links.flatMap(({ kind, from }) => (kind === 'bind' ? portOf(from) : [])));

  const hopOf = (finding: ReportFinding): string | undefined => {
    const link = finding.link === null ? undefined : byId.get(finding.link);
    if (!link) return finding.severity === 'info' && !finding.stopsTraffic ? undefined : nodeIn(finding);
    if (own.has(link.id)) return link.id;
    if (isOfListener(finding, link)) return listeners.get(listenerOf(link.to!));
    const same = ways.get(wayOf(link));
    if (same !== undefined) return same;
    if (!IN_THE_WAY.has(link.kind) || !finding.stopsTraffic) return undefined;
    const isElsewhere =
      link.kind === 'policy' && link.to !== null && portOf(link.to).some((port) => !podPorts.has(port));
    return isElsewhere
      ? undefined
      : [link.to, link.from].flatMap((end) => (end ? nodeOf(end) : [])).find((node) => nodes.has(node));
  };
  const nodeIn = ({ resources, stopsTraffic }: ReportFinding): string | undefined =>
    resources
      .slice(0, stopsTraffic ? undefined : 1)
      .map(nameOf)
      .find((node) => nodes.has(node));

  const concerns = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    // What is applied with one set has nothing to do with another.
    if (finding.set !== '' && chain.set !== '' && finding.set !== chain.set) continue;
    const place = hopOf(finding);
    if (place === undefined) continue;
    const there = concerns.get(place);
    if (there) there.push(finding);
    else concerns.set(place, [finding]);
  }
  return concerns;
}

/** What is said of a listener, and not of a route that attaches to it, holds for each that comes by it. */
const isOfListener = ({ resources: [first] }: ReportFinding, { kind, to }: ReportLink): boolean =>
  kind === 'parent' && first !== undefined && to !== null && nameOf(first) === nodeOf(to);

const listenerOf = (end: ReportEnd): string =>
  [nodeOf(end), end.port?.name ?? '', end.port?.number ?? ''].join('\0');

/**
 * Several links of one kind between the same ports are one way, of which a finding may tell once. Where a process does
 * not listen at a port of its Pod, the other end is where it does: two ports are two ways. What leads to nothing is the
 * text that says so.
 */
const wayOf = ({ kind, from, to }: ReportLink): string =>
  [
    kind,
    nodeOf(from),
    to ? '' : placeOf(from),
    kind === 'bind' ? portOf(from).join() : '',
    to ? nodeOf(to) : '',
    to ? portOf(to).join() : '',
  ].join('\0');

const placeOf = ({ location }: ReportEnd): string =>
  location ? `${location.path}:${location.line}:${location.column}` : '';

const portOf = ({ port }: ReportEnd): string[] =>
  port?.number === undefined ? [] : [`${port.number}/${port.protocol ?? 'TCP'}`];
