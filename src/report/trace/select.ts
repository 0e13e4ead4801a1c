import { largest } from '../../text/largest.ts';
import { trimEndOf } from '../../text/trim-end.ts';
import { outermost } from '../hops.ts';
import type { Report, ReportChain, ReportHop, ReportLink, ReportResource } from '../report.ts';
import type { Target } from './target.ts';

/** A chain as far as it is asked for: from the way in, or from a Service or workload inwards. */
export interface Traced {
  readonly chain: ReportChain;
  /** Outside in, each once. */
  readonly links: readonly ReportLink[];
  readonly tree: readonly ReportHop[];
  /** What is to be known of the address that was asked for. */
  readonly remark?: string;
}

/**
 * The chains that a target is about. A host and path match as Ingress has them: the exact host before a wildcard
 * before rules without host; the longest path first, Exact before Prefix; else the default backend (S-118, S-119, S-124).
 * Gateways differ in that a wildcard takes any number of labels, and a route of TLS takes every path.
 */
export function selectChains(report: Report, target: Target, namespace: string | undefined): Traced[] {
  if (target.kind === 'url') {
    const within = report.chains.filter(
      ({ entry }) => namespace === undefined || entry.resource.namespace === namespace,
    );
    return tracedOf(report, matchUrl(within, target)).map((one) => ({
      ...one,
      ...remarkOn(one.chain, target),
    }));
  }

  const { resourceKind, group } = target;
  const space = target.namespace ?? namespace;
  const makers = (report.made ?? [])
    .filter(({ kind, names }) => kind === resourceKind && names.includes(target.name))
    .map(({ by }) => keyOf(by));
  const isAsked = (resource: ReportResource): boolean =>
    (space === undefined || resource.namespace === space) &&
    (makers.includes(keyOf(resource)) ||
      (resource.kind === resourceKind &&
        (group === undefined || group === groupOf(resource.apiVersion)) &&
        resource.name === target.name));
  const traced = tracedOf(report, report.chains).filter(({ chain, links }) => {
    if (isAsked(chain.entry.resource)) return true;
    return links.some(({ from, to }) => isAsked(from.resource) || (to && isAsked(to.resource)));
  });
  if (resourceKind !== 'Service' || group !== '') return traced;
  return distinct(traced.flatMap((one) => fromService(one, isAsked, target.port)));
}

/** Whole chains, as the report has them. */
export function tracedOf({ links }: Report, chains: readonly ReportChain[]): Traced[] {
  const byId = new Map(links.map((link) => [link.id, link]));
  return chains.map((chain) => ({
    chain,
    links: chain.links.flatMap((id) => byId.get(id) ?? []),
    tree: chain.tree,
  }));
}

const keyOf = ({ apiVersion, kind, namespace, name }: ReportResource): string =>
  [apiVersion, kind, namespace, name].join('\0');

const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));

/** The part of a chain behind the Service, when it passes the port that was asked for. */
function fromService(
  { chain, links, tree }: Traced,
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
  if (inner.length === 0) return [{ chain, links, tree }];
  const behind = new Set(inner.filter(({ from }) => isAsked(from.resource)).map(({ id }) => id));
  return [{ chain, links: inner, tree: outermost(tree, (link) => behind.has(link)) }];
}

function distinct(traced: readonly Traced[]): Traced[] {
  const seen = new Map<string, Traced>();
  for (const one of traced) {
    const key = one.links.map(({ id }) => id).join() || one.chain.id;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

type Url = Extract<Target, { kind: 'url' }>;

/** Within each set, as one is never applied beside another; the chain of several sets is one of each. */
function matchUrl(chains: readonly ReportChain[], target: Url): ReportChain[] {
  const sets = new Set(chains.map(({ set }) => set));
  if (sets.size > 1) sets.delete('');
  const matching = [...sets].flatMap((name) =>
    matchInSet(
      chains.filter(({ set }) => set === '' || set === name),
      target,
    ),
  );
  return [...new Set(matching)];
}

function matchInSet(chains: readonly ReportChain[], { host, path, port }: Url): ReportChain[] {
  const ways = chains.filter((chain) => chain.entry.host !== null && isEntered(chain, port));
  const rules = ways.filter((chain) => !isDefault(chain));
  for (const fits of [isExact, isWildcard, isAny]) {
    const served = longestHost(rules.filter((chain) => fits(chain, host)));
    if (served.length === 0) continue;
    if (path === undefined) return served;
    const matching = served.filter(({ entry }) => matchesPath(entry.path, entry.pathType, path));
    if (matching.length > 0) return mostSpecific(matching);
    break;
  }
  return ways.filter(isDefault);
}

/**
 * A Gateway listens where its listeners say. What port a controller of Ingresses listens on is not the Ingress's to
 * say, and most have both that of HTTP and that of HTTPS.
 */
function isEntered({ entry }: ReportChain, port: number | undefined): boolean {
  if (port === undefined || entry.port === null || entry.port === port) return true;
  return entry.kind === 'ingress' && (port === 80 || port === 443);
}

function remarkOn({ entry }: ReportChain, { port }: Url): { remark?: string } {
  if (entry.kind !== 'ingress' || port === undefined || entry.port === null || entry.port === port) return {};
  if (port === 443) {
    const remark = `no TLS is configured for this host: at 443 the controller answers with a certificate of its own, if at all`;
    return { remark };
  }
  return port === 80
    ? {
        remark: `this host is served with TLS at ${entry.port}: at 80 the controller redirects, if it answers at all`,
      }
    : {};
}

/** The ways in at a port of a node or of the address before it. */
export const matchPort = (chains: readonly ReportChain[], port: number | undefined): ReportChain[] =>
  chains.filter(
    ({ entry }) => entry.port === port && (entry.kind === 'node-port' || entry.kind === 'host-port'),
  );

/** Whether a route names this host, or a wildcard that takes it. */
export const isServed = (chains: readonly ReportChain[], host: string): boolean =>
  chains.some((chain) => chain.entry.host !== null && (isExact(chain, host) || isWildcard(chain, host)));

const isDefault = ({ entry }: ReportChain): boolean => entry.path !== null && entry.pathType === null;

const patternOf = ({ entry }: ReportChain): string => entry.host!.toLowerCase();

const isExact = (chain: ReportChain, host: string): boolean => patternOf(chain) === host;
/** A wildcard stands for exactly one label in an Ingress (S-119), and for one or more elsewhere. */
const isWildcard = (chain: ReportChain, host: string): boolean => {
  const pattern = patternOf(chain);
  if (!pattern.startsWith('*.') || !host.includes('.')) return false;
  return chain.entry.kind === 'ingress'
    ? host.slice(host.indexOf('.') + 1) === pattern.slice(2)
    : host.endsWith(pattern.slice(1));
};
const isAny = (chain: ReportChain): boolean => patternOf(chain) === '*';

const longestHost = (chains: readonly ReportChain[]): ReportChain[] => {
  const longest = largest(chains.map((chain) => patternOf(chain).length));
  return chains.filter((chain) => patternOf(chain).length === longest);
};

/**
 * Prefix goes by whole elements: `/app` takes `/app/` and `/app/x`, not `/apple`. A regular expression is never run,
 * as it may take for ever: a path that begins as the expression does may match.
 */
export function matchesPath(pattern: string | null, pathType: string | null, path: string): boolean {
  if (pattern === null) return true;
  if (pathType === 'Exact') return pattern === path;
  if (pathType === 'RegularExpression') return path.startsWith(literalStart(pattern));
  const prefix = trimEndOf(pattern, '/');
  return prefix === '' || path === prefix || path.startsWith(`${prefix}/`);
}

/** What every match of an expression begins with, as far as that is plain to see. */
function literalStart(expression: string): string {
  if (expression.includes('|')) return '';
  const [start = ''] = /^[\w/~%@:-]*/.exec(expression.replace(/^\^/, '')) ?? [];
  const next = expression.replace(/^\^/, '')[start.length];
  // A quantifier is about the last character, and may ask for none of it.
  return next !== undefined && '*?{'.includes(next) ? start.slice(0, -1) : start;
}

/** Which of several expressions is tried first differs, and whether it matches is not known: all are told. */
function mostSpecific(chains: readonly ReportChain[]): ReportChain[] {
  const isPattern = ({ entry }: ReportChain): boolean => entry.pathType === 'RegularExpression';
  const rank = ({ entry }: ReportChain): number =>
    (entry.path?.length ?? 0) * 2 + (entry.pathType === 'Exact' ? 1 : 0);
  const best = largest(chains.filter((chain) => !isPattern(chain)).map(rank));
  return chains.filter((chain) => isPattern(chain) || rank(chain) === best);
}

/** Every host that the routes of the input serve, once, in order of appearance. */
export const hostsOf = (report: Report): string[] => [
  ...new Set(report.chains.flatMap(({ entry }) => entry.host ?? [])),
];
