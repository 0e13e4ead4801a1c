import { nearest } from '../../text/suggest.ts';
import type { Report } from '../report.ts';
import { errorsBeside } from './beside.ts';
import { hostsOf, selectChains, type Traced } from './select.ts';
import { noTarget, parseTarget, shownTarget, type Target } from './target.ts';

/** The chains of a target, or what there is instead. */
export type Trace =
  | {
      readonly traced: readonly Traced[];
      /** Whether one of them is broken, or something beside it keeps its traffic out. */
      readonly isBroken: boolean;
      readonly missing: undefined;
    }
  | { readonly traced: readonly []; readonly isBroken: false; readonly missing: string };

/**
 * Follows a target through a report that holds all its links.
 *
 * @param target a URL, a host, or `kind/name[:port]`
 * @param namespace only what lies in it, when given
 */
export function traceTarget(report: Report, target: string, namespace?: string): Trace {
  const parsed = parseTarget(target);
  if (!parsed) return none(noTarget(target));
  const traced = selectChains(report, parsed, namespace);
  if (traced.length === 0) return none(nothingFound(report, parsed, shownTarget(target)));
  const isBroken = traced.some(
    ({ links }) => links.some(({ state }) => state === 'broken') || errorsBeside(report, links).length > 0,
  );
  return { traced, isBroken, missing: undefined };
}

const none = (missing: string): Trace => ({ traced: [], isBroken: false, missing });

const MOST_NAMES = 20;

/** Says what there is instead. */
function nothingFound(report: Report, target: Target, text: string): string {
  if (target.kind === 'url') {
    const hosts = hostsOf(report);
    if (hosts.length === 0) return `nothing serves ${text}: the input has no route for a host`;
    const served = hosts.includes(target.host)
      ? `host ${target.host} has no such path`
      : `no route serves host ${target.host}`;
    return `${served}; the hosts are ${list(hosts)}`;
  }
  const resources = report.chains.map(({ entry }) => entry.resource);
  const ends = report.links.flatMap(({ from, to }) => (to ? [from.resource, to.resource] : [from.resource]));
  const names = [
    ...new Set(
      [...resources, ...ends].filter(({ kind }) => kind === target.resourceKind).map(({ name }) => name),
    ),
  ];
  if (names.includes(target.name))
    return `no chain passes ${text}${target.port ? `: the Service has no such port` : ''}`;
  if (names.length === 0) return `no ${target.resourceKind} is part of any chain of the input`;
  const near = nearest(target.name, names);
  return `no ${target.resourceKind} is called ${target.name}; there are ${list(near.length > 0 ? near : names)}`;
}

const list = (names: readonly string[]): string =>
  names.slice(0, MOST_NAMES).join(', ') +
  (names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '');
