import type { Report, ReportChain, ReportHop, ReportLink } from '../report.ts';
import { askedOf, foundOf } from '../trace/hop-words.ts';
import { nameOf } from '../trace/node.ts';
import { pairUp } from './pair-up.ts';

/** A chain as the files have it and as the cluster does; undefined where one of them has it not. */
export interface ComparedChain {
  readonly files: ReportChain | undefined;
  readonly cluster: ReportChain | undefined;
  readonly hops: readonly ComparedHop[];
  readonly isSame: boolean;
}

export interface ComparedHop {
  readonly files: ReportLink | undefined;
  readonly cluster: ReportLink | undefined;
  readonly next: readonly ComparedHop[];
  /** Both say the same values. */
  readonly isSame: boolean;
}

/** Chain by chain, what the files of a report say beside what its cluster has. */
export function compare(report: Report): ComparedChain[] {
  const live = new Set(report.sources.flatMap(({ kind, set }) => (kind === 'cluster' ? set : [])));
  const links = new Map(report.links.map((link) => [link.id, link]));
  const linkOf = (hop: ReportHop | undefined): ReportLink | undefined => hop && links.get(hop.link);
  const isLive = ({ set }: ReportChain): boolean => live.has(set);
  const pairs = pairUp(
    report.chains.filter((chain) => !isLive(chain)),
    report.chains.filter(isLive),
    [(chain) => [entryOf(chain), ...backendsOf(chain, links)].join('\0'), entryOf],
  );
  return pairs.map(([files, cluster]) => {
    const hops = compareHops(files?.tree ?? [], cluster?.tree ?? [], linkOf);
    return {
      files,
      cluster,
      hops,
      isSame: files !== undefined && cluster !== undefined && hops.every(isAllSame),
    };
  });
}

const isAllSame = ({ isSame, next }: ComparedHop): boolean => isSame && next.every(isAllSame);

function compareHops(
  ours: readonly ReportHop[],
  theirs: readonly ReportHop[],
  linkOf: (hop: ReportHop | undefined) => ReportLink | undefined,
): ComparedHop[] {
  const keyOf =
    (...parts: ((link: ReportLink) => string)[]) =>
    (hop: ReportHop): string => {
      const link = linkOf(hop);
      return link ? [link.kind, ...parts.map((part) => part(link))].join('\0') : hop.link;
    };
  return pairUp(ours, theirs, [keyOf(leadsTo, wordsOf), keyOf(leadsTo), keyOf()]).map(([one, other]) => {
    const [files, cluster] = [linkOf(one), linkOf(other)];
    return {
      files,
      cluster,
      next: compareHops(one?.next ?? [], other?.next ?? [], linkOf),
      isSame: files !== undefined && cluster !== undefined && wordsOf(files) === wordsOf(cluster),
    };
  });
}

const leadsTo = ({ to }: ReportLink): string => (to ? nameOf(to.resource) : '');

const wordsOf = (link: ReportLink): string => `${askedOf(link)}\0${foundOf(link)}`;

/** The way in, as who comes that way knows it. */
const entryOf = ({ entry: { kind, host, path, pathType, port, protocol, resource } }: ReportChain): string =>
  [kind, host, path, pathType, port, protocol, nameOf(resource)].join('\0');

const backendsOf = (chain: ReportChain, links: ReadonlyMap<string, ReportLink>): string[] =>
  chain.links.flatMap((id) => {
    const link = links.get(id);
    return link?.kind === 'backend' ? leadsTo(link) : [];
  });
