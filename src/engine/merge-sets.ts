import { linksOfTree } from '../graph/chains/hops.ts';
import type { Chain, Hop } from '../graph/links/chain.ts';
import { endsOf } from '../graph/links/ends.ts';
import type { Link } from '../graph/links/link.ts';
import { linksOf, type PortGraph } from '../graph/links/port-graph.ts';
import type { LinkState } from '../graph/links/stated.ts';
import type { Finding } from '../rules/rule.ts';
import { originOf } from '../text/origin.ts';
import type { Location } from '../text/source.ts';

/** What one set says, tagged with its name; `` for what all sets share. */
export interface InSet<T> {
  readonly set: string;
  readonly of: T;
}

export interface Merged {
  readonly links: readonly InSet<Link>[];
  readonly chains: readonly InSet<Chain>[];
  readonly findings: readonly InSet<Finding>[];
}

export interface SetResult {
  readonly name: string;
  readonly graph: PortGraph;
  readonly findings: readonly Finding[];
}

/**
 * Sets share what lies outside the folders that part, so a shared reference is followed once per set. It is told
 * once where all sets agree, and it is broken only where no set holds what it refers to.
 */
export function mergeSets(sets: readonly SetResult[]): Merged {
  const [only] = sets;
  if (only && sets.length === 1) {
    const tag = <T>(of: T): InSet<T> => ({ set: only.name, of });
    return {
      links: linksOf(only.graph).map(tag),
      chains: only.graph.chains.map(tag),
      findings: only.findings.map(tag),
    };
  }
  const allLinks = sets.flatMap(({ name, graph }) => linksOf(graph).map((of) => ({ set: name, of })));
  const best = bestStates(allLinks, ({ of }) => questionOf(of));
  const kept = allLinks.filter(({ of }) => of.state !== 'broken' || best.get(questionOf(of)) === 'broken');
  const keptLinks = new Set(kept.map(({ of }) => of));

  const allChains = sets.flatMap(({ name, graph }) => graph.chains.map((of) => ({ set: name, of })));
  const bestChains = bestStates(allChains, ({ of }) => entryOf(of));
  const findings = sets.flatMap(({ name, findings }) => findings.map((of) => ({ set: name, of })));

  const links = collapse(kept, ({ of }) => answerOf(of));
  // Chains point at links; those of a collapsed link must find the one that was kept.
  const representative = new Map(links.map(({ of }) => [answerOf(of), of]));
  const keep = keptHops((link) => representative.get(answerOf(link)) ?? link);
  const chains = allChains
    .filter(({ of }) => of.state !== 'broken' || bestChains.get(entryOf(of)) === 'broken')
    .map(({ set, of }) => {
      const tree = keep(of.tree);
      return { set, of: { ...of, tree, links: linksOfTree(tree) } };
    });
  return {
    links,
    chains: collapse(chains, ({ of }) => [entryOf(of), ...of.links.map(answerOf)].join('\n')),
    findings: collapse(
      findings
        .filter(({ of }) => !of.link || keptLinks.has(of.link))
        .map(({ set, of }) => {
          const link = of.link && representative.get(answerOf(of.link));
          return { set, of: link ? { ...of, link } : of };
        }),
      ({ of }) => [of.rule, of.message, ...of.labels.map(({ at }) => placeOf(writtenAt(at)))].join('\n'),
    ),
  };
}

/** The same tree of the links that were kept, which stand for others; branches that are shared stay shared. */
function keptHops(keptOf: (link: Link) => Link): (hops: readonly Hop[]) => readonly Hop[] {
  const known = new Map<readonly Hop[], readonly Hop[]>();
  const keep = (hops: readonly Hop[]): readonly Hop[] => {
    const there = known.get(hops);
    if (there) return there;
    const kept = new Map<Link, Hop>();
    for (const { link, next } of hops) {
      const stays = keptOf(link);
      if (!kept.has(stays)) kept.set(stays, { link: stays, next: keep(next) });
    }
    const made = [...kept.values()];
    known.set(hops, made);
    return made;
  };
  return keep;
}

/** One for each key, in order; told of no set in particular when several sets say it. */
function collapse<T>(all: readonly InSet<T>[], keyOf: (one: InSet<T>) => string): InSet<T>[] {
  const seen = new Map<string, InSet<T>>();
  for (const one of all) {
    const key = keyOf(one);
    const first = seen.get(key);
    seen.set(key, first && first.set !== one.set ? { set: '', of: first.of } : (first ?? one));
  }
  return [...seen.values()];
}

const ORDER: readonly LinkState[] = ['whole', 'unproved', 'broken'];

function bestStates<T extends { readonly of: { readonly state: LinkState } }>(
  all: readonly T[],
  keyOf: (one: T) => string,
): Map<string, LinkState> {
  const best = new Map<string, LinkState>();
  for (const one of all) {
    const key = keyOf(one);
    const there = best.get(key);
    if (there === undefined || ORDER.indexOf(one.of.state) < ORDER.indexOf(there))
      best.set(key, one.of.state);
  }
  return best;
}

const placeOf = (at: Location | undefined): string => (at ? `${at.source.path}:${at.start}-${at.end}` : '');

/** What a cluster has and the file that wrote it say the same once. */
function writtenAt(at: Location | undefined): Location | undefined {
  const origin = at?.source.kind === 'cluster' ? originOf(at) : undefined;
  return origin?.kind === 'rendered' ? origin.at : at;
}

/** What a link asks: where it starts, and what it is about there. */
function questionOf(link: Link): string {
  const { from } = endsOf(link);
  return [link.kind, placeOf(from.at), from.field].join('\0');
}

/** What it asks and the answer it got. */
function answerOf(link: Link): string {
  const { to } = endsOf(link);
  return [questionOf(link), placeOf(to?.at), to?.field ?? '', to?.resource.name ?? '', link.state].join('\0');
}

/** The way in, and which of a route's backends it leads to: several share one way. */
const entryOf = ({ entry, links }: Chain): string =>
  [
    entry.kind,
    placeOf(entry.resource.nameAt),
    entry.host,
    entry.path,
    entry.port,
    entry.protocol,
    ...links.filter(({ kind }) => kind === 'backend').map(questionOf),
  ].join('\0');
