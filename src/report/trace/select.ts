import type { Report, ReportChain, ReportLink, ReportResource } from '../report.ts';
import type { Target } from './target.ts';

/** A chain as far as it is asked for: from the way in, or from a Service or workload inwards. */
export interface Traced {
  readonly chain: ReportChain;
  readonly links: readonly ReportLink[];
}

/**
 * The chains that a target is about. A host and path match as Ingress has them: the exact host before a wildcard
 * before rules without host; the longest path first, Exact before Prefix; else the default backend (S-118, S-119, S-124).
 */
export function selectChains(report: Report, target: Target, namespace: string | undefined): Traced[] {
  const byId = new Map(report.links.map((link) => [link.id, link]));
  const trace = (chain: ReportChain): Traced => ({
    chain,
    links: chain.links.flatMap((id) => byId.get(id) ?? []),
  });
  const within = report.chains.filter(
    ({ entry }) => namespace === undefined || entry.resource.namespace === namespace,
  );
  if (target.kind === 'url') return matchUrl(within, target.host, target.path).map(trace);

  const isAsked = ({ kind, name, namespace: own }: ReportResource): boolean =>
    kind === target.resourceKind && name === target.name && (namespace === undefined || own === namespace);
  const traced = within.map(trace).filter(({ chain, links }) => {
    if (isAsked(chain.entry.resource)) return true;
    return links.some(({ from, to }) => isAsked(from.resource) || (to && isAsked(to.resource)));
  });
  if (target.resourceKind !== 'Service') return traced;
  return distinct(traced.flatMap((one) => fromService(one, isAsked, target.port)));
}

/** The part of a chain behind the Service, when it passes the port that was asked for. */
function fromService(
  { chain, links }: Traced,
  isAsked: (resource: ReportResource) => boolean,
  port: string | undefined,
): Traced[] {
  const first = links.findIndex(({ from, kind }) => kind !== 'host' && isAsked(from.resource));
  const inner = first < 0 ? [] : links.slice(first);
  if (port !== undefined) {
    const entered = links.slice(0, Math.max(0, first)).findLast(({ to }) => to && isAsked(to.resource))
      ?.to?.port;
    const dialled = entered ?? { number: chain.entry.port ?? undefined };
    const name = inner.find(({ kind }) => kind === 'target-port')?.from.port?.name;
    if (port !== String(dialled.number) && port !== entered?.name && port !== name) return [];
  }
  return [{ chain, links: inner.length > 0 ? inner : links }];
}

function distinct(traced: readonly Traced[]): Traced[] {
  const seen = new Map<string, Traced>();
  for (const one of traced) {
    const key = one.links.map(({ id }) => id).join() || one.chain.id;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

function matchUrl(chains: readonly ReportChain[], host: string, path: string | undefined): ReportChain[] {
  const ways = chains.filter(({ entry }) => entry.host !== null);
  const rules = ways.filter(({ entry }) => entry.pathType !== null);
  for (const fits of [isExact, isWildcard, isAny]) {
    const served = rules.filter(({ entry }) => fits(entry.host!.toLowerCase(), host));
    if (served.length === 0) continue;
    if (path === undefined) return served;
    const matching = served.filter(({ entry }) => matchesPath(entry.path!, entry.pathType!, path));
    if (matching.length > 0) return mostSpecific(matching);
    break;
  }
  return ways.filter(({ entry }) => entry.pathType === null);
}

const isExact = (pattern: string, host: string): boolean => pattern === host;
/** A wildcard stands for exactly one label (S-119). */
const isWildcard = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') && host.includes('.') && host.slice(host.indexOf('.') + 1) === pattern.slice(2);
const isAny = (pattern: string): boolean => pattern === '*';

/** Prefix goes by whole elements: `/app` takes `/app/` and `/app/x`, not `/apple`. */
export function matchesPath(pattern: string, pathType: string, path: string): boolean {
  if (pathType === 'Exact') return pattern === path;
  const prefix = pattern.replace(/\/+$/, '');
  return prefix === '' || path === prefix || path.startsWith(`${prefix}/`);
}

function mostSpecific(chains: readonly ReportChain[]): ReportChain[] {
  const rank = ({ entry }: ReportChain): number =>
    entry.path!.length * 2 + (entry.pathType === 'Exact' ? 1 : 0);
  const best = Math.max(...chains.map(rank));
  return chains.filter((chain) => rank(chain) === best);
}

/** Every host that the input's Ingresses serve, once, in order of appearance. */
export const hostsOf = (report: Report): string[] => [
  ...new Set(
    report.chains.flatMap(({ entry }) => (entry.kind === 'ingress' && entry.host ? [entry.host] : [])),
  ),
];
