import { toReport } from '../../engine/to-report.ts';
import type { Report } from '../../report/report.ts';
import { sanitize } from '../../report/sanitize.ts';
import { errorsBeside } from '../../report/trace/beside.ts';
import { renderTrace } from '../../report/trace/render.ts';
import { hostsOf, selectChains } from '../../report/trace/select.ts';
import { KIND_NAMES, parseTarget, type Target } from '../../report/trace/target.ts';
import { allRules } from '../../rules/index.ts';
import { nearest } from '../../text/suggest.ts';
import { VERSION } from '../../version.ts';
import { EXIT, exitOf } from '../exit-codes.ts';
import { type FollowArguments, follow } from '../follow.ts';
import { type ColorChoice, styleFor } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { print } from '../write.ts';

export interface TraceArguments extends FollowArguments {
  readonly color: ColorChoice;
}

/** `portolan trace`: prints the chains of one target hop by hop. Exit code 1 when one of them is broken, or kept from its Pods. */
export async function runTrace(
  asked: string,
  paths: readonly string[],
  args: TraceArguments,
): Promise<number> {
  const target = parseTarget(asked);
  // A pasted URL may hold a login, and messages repeat what was asked for.
  const text = asked.replace(/(:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '');
  if (!target) {
    throw new UsageError(
      `\`${text}\` is no target; give a URL, a host, or KIND/NAME with a kind of ${KIND_NAMES.join(', ')}, and svc/NAME:PORT for one port`,
    );
  }
  const { result } = await follow(paths, args, allRules);
  const report = toReport(result, { version: VERSION });
  for (const { path, line, column, message } of report.errors) {
    const place = path === '' ? '' : `${path}:${line}:${column}: `;
    process.stderr.write(`${sanitize(`error: ${place}${message}`)}\n`);
  }
  const traced = selectChains(report, target, args.namespace);
  if (traced.length === 0) throw new UsageError(nothingFound(report, target, text));
  print(renderTrace(report, traced, styleFor(args.color)));
  const isBroken = traced.some(
    ({ links }) => links.some(({ state }) => state === 'broken') || errorsBeside(report, links).length > 0,
  );
  return exitOf(report) ?? (isBroken ? EXIT.findings : EXIT.clean);
}

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
