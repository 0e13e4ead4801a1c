import { withArticle } from '../../text/article.ts';
import { nearest } from '../../text/suggest.ts';
import type { Report, ReportChain, ReportEnd, ReportLink, ReportResource } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';
import { concernsOf } from './concerns.ts';
import { fromClusterName, makerOf, resourcesOf } from './named.ts';
import { hostsOf, isServed, matchPort, selectChains, type Traced, tracedOf } from './select.ts';
import { noTarget, parseTarget, shownTarget, type Target } from './target.ts';

/** The chains of a target, or what there is instead. */
export type Trace =
  | {
      readonly traced: readonly Traced[];
      /** Whether one of them is broken, or something on its way keeps it from being answered, that nobody ignores. */
      readonly isBroken: boolean;
      readonly missing: undefined;
    }
  | { readonly traced: readonly []; readonly isBroken: false; readonly missing: string };

/**
 * Follows a target through a report that holds all its links.
 *
 * @param asked a URL, a host, the name of a Service or a Pod, or `kind/name[:port]`
 * @param namespace only what lies in it, when given
 */
export function traceTarget(report: Report, asked: string, namespace?: string): Trace {
  const parsed = parseTarget(asked);
  if (!parsed) return none(noTarget(asked));
  const target = meant(report, parsed);
  const traced = [...atNode(report, target), ...selectChains(report, target, namespace)];
  if (traced.length === 0) return none(nothingFound(report, target, shownTarget(asked)));
  return { traced, isBroken: traced.some((one) => isStopped(report, one)), missing: undefined };
}

/** Whether a way is broken, or something on it keeps it from being answered; not where somebody ignores all that says so. */
export function isStopped(report: Report, one: Traced): boolean {
  const concerns = concernsOf(report, one);
  const isIgnored = (link: ReportLink): boolean =>
    concerns.get(link.id)?.every(({ ignored }) => ignored) ?? false;
  return (
    one.links.some((link) => link.state === 'broken' && !isIgnored(link)) ||
    [...concerns.values()].flat().some(({ stopsTraffic, ignored }) => stopsTraffic && !ignored)
  );
}

/** What was asked for is repeated, and may come from anywhere: a page, a log, a chat. */
const none = (missing: string): Trace => ({
  traced: [],
  isBroken: false,
  missing: withoutCommands(sanitizeLine(missing)),
});

/** A host of a route before a name of the cluster's DNS before that of a Pod; and what made a thing for the thing. */
function meant(report: Report, target: Target): Target {
  const resources = resourcesOf(report);
  if (target.kind === 'url') {
    if (isServed(report.chains, target.host)) return target;
    const service = fromClusterName(target, resources);
    if (service) return service;
    return (target.path === undefined && makerOf(target.host, resources)) || target;
  }
  const { resourceKind, name } = target;
  const isKnown = resources.some((one) => one.kind === resourceKind && one.name === name);
  const isMade = report.made?.some((one) => one.kind === resourceKind && one.names.includes(name));
  if (isKnown || isMade || !MADE.has(resourceKind)) return target;
  const maker = makerOf(name, resources);
  return maker ? { ...maker, ...(target.namespace ? { namespace: target.namespace } : {}) } : target;
}

/** Kinds whose names others make up. */
const MADE: ReadonlySet<string> = new Set(['Pod', 'ReplicaSet', 'Job']);

/** A port that is opened on every node is reached by any host; routes may lie behind it. */
function atNode(report: Report, target: Target): Traced[] {
  if (target.kind !== 'url') return [];
  const { port } = target;
  return tracedOf(report, matchPort(report.chains, port));
}

const MOST_NAMES = 20;

/** Says what there is instead. */
function nothingFound(report: Report, target: Target, text: string): string {
  if (target.kind === 'url') return noWay(report, target, text);
  const found = resourcesOf(report).filter(({ kind }) => kind === target.resourceKind);
  const names = [...new Set(found.map(({ name }) => name))];
  const own = found.filter(
    ({ name, namespace }) =>
      name === target.name && (target.namespace === undefined || namespace === target.namespace),
  );
  if (own.length > 0) return noPort(report, own, target.port, text);
  if (names.length === 0) return `no ${target.resourceKind} is part of any chain of the input`;
  if (names.includes(target.name)) {
    const spaces = found.flatMap(({ name, namespace }) => (name === target.name ? namespace : []));
    return `namespace ${target.namespace} has no ${target.resourceKind} ${target.name}; there is one in ${list(spaces)}`;
  }
  const near = nearest(target.name, names);
  return near.length > 0
    ? `no ${target.resourceKind} is called ${target.name}; there are ${list(near)}`
    : `no chain passes ${withArticle(target.resourceKind)} ${target.name}; they pass ${list(names)}`;
}

function noPort(
  { links, chains, findings }: Report,
  own: readonly ReportResource[],
  port: string | undefined,
  text: string,
): string {
  const isOwn = ({ kind, namespace, name }: ReportResource): boolean =>
    own.some((one) => one.kind === kind && one.namespace === namespace && one.name === name);
  if (port === undefined) {
    const rules = [
      ...new Set(findings.flatMap(({ rule, resources: [first] }) => (first && isOwn(first) ? rule : []))),
    ];
    return `no chain passes ${text}${rules.length > 0 ? `; \`portolan check\` tells of it: ${list(rules)}` : ''}`;
  }
  const ports: NonNullable<ReportEnd['port']>[] = [
    ...links.flatMap(({ kind, from }) =>
      kind === 'target-port' && isOwn(from.resource) && from.port ? from.port : [],
    ),
    ...chains.flatMap(({ entry }) =>
      isOwn(entry.resource) && entry.kind === 'cluster' && entry.port !== null ? { number: entry.port } : [],
    ),
  ];
  const known = new Map<number | undefined, string>();
  for (const { number, name } of ports) {
    if (!known.get(number)?.includes(' '))
      known.set(number, name === undefined ? `${number}` : `${number} (${name})`);
  }
  const there = known.size > 0 ? `; it has ${list([...known.values()])}` : '';
  return `no chain passes ${text}: the Service has no port ${port}${there}`;
}

/** Which part of an address nothing serves. */
function noWay(report: Report, { host, port }: Extract<Target, { kind: 'url' }>, text: string): string {
  const hosts = hostsOf(report);
  const nodePorts = numbersOf(report.chains.filter(({ entry }) => entry.kind === 'node-port'));
  const others = nodePorts.length > 0 ? `; the ports of the nodes are ${list(nodePorts)}` : '';
  const served = report.chains.filter((chain) => isServed([chain], host));
  if (served.length === 0) {
    const called = servicesLike(report, host);
    if (hosts.length === 0)
      return `nothing serves ${text}: the input has no route for a host${others}${called}`;
    return `no route serves host ${host}; the hosts are ${list(hosts)}${others}${called}`;
  }
  const ports = numbersOf(served);
  const isPort =
    port === undefined || ports.length === 0 || ports.includes(`${port}`) || served.some(isIngress(port));
  if (!isPort) return `host ${host} is served at port ${list(ports)}, not at ${port}${others}`;
  const paths = served.flatMap(({ entry: { path, pathType } }) =>
    path === null
      ? []
      : `${path}${pathType === null || pathType === 'ImplementationSpecific' ? '' : ` (${pathType})`}`,
  );
  return `host ${host} has no such path; its paths are ${list([...new Set(paths)])}; the hosts are ${list(hosts)}`;
}

/** A bare name may be a Service's. */
function servicesLike(report: Report, host: string): string {
  const names = resourcesOf(report).flatMap(({ kind, name }) => (kind === 'Service' ? name : []));
  if (host.includes('.') || names.length === 0) return '';
  const near = nearest(host, names);
  return `; no Service is called ${host} either; there are ${list(near.length > 0 ? near : [...new Set(names)])}`;
}

const isIngress =
  (port: number) =>
  ({ entry }: ReportChain): boolean =>
    entry.kind === 'ingress' && (port === 80 || port === 443);

const numbersOf = (chains: readonly ReportChain[]): string[] => [
  ...new Set(chains.flatMap(({ entry }) => (entry.port === null ? [] : String(entry.port)))),
];

const list = (names: readonly string[]): string =>
  names.slice(0, MOST_NAMES).join(', ') +
  (names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '');
