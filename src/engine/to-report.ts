import type { Chain, Hop } from '../graph/links/chain.ts';
import type { Link } from '../graph/links/link.ts';
import { witnessesIn } from '../questions/observed/witnesses.ts';
import { applyBaseline, type BaselineEntry } from '../report/baseline.ts';
import { countFindings } from '../report/count-findings.ts';
import { fingerprintOf } from '../report/fingerprint.ts';
import { byPlace, sortFindings } from '../report/order.ts';
import type { Report, ReportChain, ReportFinding, ReportHop, ReportLink } from '../report/report.ts';
import type { StreamedReport } from '../report/streamed-report.ts';
import type { Finding, Fix } from '../rules/rule.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import type { Planned } from '../sources/planned.ts';
import type { LocatedFault } from '../text/fault.ts';
import { groupBy } from '../text/group-by.ts';
import type { SourceFile } from '../text/source.ts';
import { onlyChanged } from './changed-since.ts';
import type { CheckResult } from './check.ts';
import type { Ignore } from './comments-in-text.ts';
import { concealer } from './conceal.ts';
import { editableFix } from './editable-fix.ts';
import { type ChangedEnd, endsOfFixes } from './end-of-fix.ts';
import { faultErrors } from './fault-errors.ts';
import { type Judged, judge, whyWrong } from './ignored.ts';
import { knownSecrets } from './known-secrets.ts';
import { type Locator, locator } from './locate.ts';
import { type InSet, mergeSets } from './merge-sets.ts';
import { MOST_LABELS, toLink, toResource, wordless } from './to-link.ts';
import { toUnproved } from './to-unproved.ts';

/** Where a rule's page can be read; `portolan explain RULE` prints the same page. */
const DOCS = 'https://github.com/portolan-dev/portolan/blob/main/src/rules/';

export interface ReportOptions {
  readonly version: string;
  /**
   * `findings`: only links and chains that a finding is about, so that sources without findings are not read again
   * for line numbers. The summary counts everything all the same.
   */
  readonly detail?: 'all' | 'findings';
  /** What the run was given to check, for the commands that would prove what is missing; the folder when left out. */
  readonly paths?: readonly string[];
  /** Before the ids of links and chains, where two reports are to be one. */
  readonly idPrefix?: string;
}

/** Words the result of a run as the report that every reader gets, without the secrets of the input. Offsets become lines and columns here. */
export function toReport(result: CheckResult, options: ReportOptions): Report {
  const report = streamReport(result, options);
  // Before the errors, which tell of texts that changed meanwhile.
  const links = [...report.links];
  const chains = [...report.chains];
  return { ...report, links, chains };
}

/** The same report for who goes through it once, in its order. */
export function streamReport(result: CheckResult, options: ReportOptions): StreamedReport {
  const merged = mergeSets(result.sets);
  const locate = locator();
  const { idPrefix = '' } = options;
  const linkIds = idsOf(merged.links, idPrefix);
  const toHops = hopsByIds(linkIds);
  const shownLinks = linksToShow(merged, options.detail ?? 'all');
  const chainIds = new Map(merged.chains.map(({ of }, index) => [of, `${idPrefix}chain-${index + 1}`]));

  const witnesses = new Map(result.sets.flatMap(({ graph }) => [...witnessesIn(graph)]));
  const faults = new Map<Link, LocatedFault>();
  const linkOf = ({ set, of }: InSet<Link>): ReportLink => {
    const id = linkIds.get(of)!;
    try {
      return {
        ...toLink(id, set, of, locate, options.paths ?? []),
        ...(witnesses.has(of) ? { witnesses: witnesses.get(of)! } : {}),
      };
    } catch (thrown) {
      const { link, fault } = wordless(id, set, of, thrown);
      faults.set(of, fault);
      return link;
    }
  };
  const links = merged.links.filter(({ of }) => shownLinks.has(of));
  const chains = merged.chains.filter(({ of }) => of.links.every((link) => shownLinks.has(link)));
  const resources = new Set(result.sets.flatMap(({ graph }) => graph.model.resources));
  const endOf = endsOfFixes(resources);
  const judged = judge(merged.findings, result);
  const all = merged.findings.map((one) => toFinding(one, judged.of(one.of), linkIds, locate, endOf));
  const { baseline, changes } = result;
  const compared = baseline && applyBaseline(all, baseline, isLookedAt(result));
  const told = compared?.findings ?? all;
  const findings = changes
    ? onlyChanged(
        told.map((finding, index) => {
          const { set, of } = merged.findings[index]!;
          const isLinked = of.link !== undefined && finding.link !== null;
          return { finding, of, link: isLinked ? linkOf({ set, of: of.link }) : undefined };
        }),
        resources,
        changes,
        locate,
      )
    : told;
  const ownersOf = setNamesBySource(result);
  const report: Report = {
    schema: 'portolan/v1',
    tool: { name: 'portolan', version: options.version },
    ...(result.configuration === undefined ? {} : { configuration: result.configuration }),
    ...(result.failOn === undefined ? {} : { failOn: result.failOn }),
    ...(compared ? { baseline: compared.baseline } : {}),
    ...(changes
      ? { changedSince: { ref: changes.ref, base: changes.base, leftOut: told.length - findings.length } }
      : {}),
    ...(result.passedBy?.length ? { passedBy: result.passedBy } : {}),
    sources: result.sources.map(({ source, resources: count }) => ({
      path: source.path,
      kind: source.kind,
      set: ownersOf(source),
      resources: count,
    })),
    plan: (result.plan ?? []).map((one) => ({ ...one, set: setOf(one, result) })),
    sets: result.sets.map(({ name, graph }) => ({ name, resources: graph.model.resources.length })),
    summary: {
      resources: resources.size,
      links: countStates(merged.links),
      chains: countStates(merged.chains),
      ...countFindings(findings),
    },
    // These have their places here, and are filled in below.
    ...{ links: [], chains: [] },
    findings: sortFindings(findings),
    unproved: toUnproved(
      merged.chains.map(({ of }) => of),
      options.paths ?? [],
    ),
    errors: [],
    ...madeIn(result),
    ...(result.denied?.length ? { denied: result.denied } : {}),
    ignores: toIgnores(judged.ignores, result.asked, locate),
    foreign: result.foreign.map(({ path, line, message }) => ({ path, line, message })),
  };
  const { concealAll, concealIn } = concealer(result.secrets ?? knownSecrets(resources));
  return {
    ...concealAll(report),
    links: each(links, (link) => concealIn(linkOf(link), 'links')),
    chains: each(chains, ({ set, of }) =>
      concealIn(toChain(chainIds.get(of)!, set, of, linkIds, toHops), 'chains'),
    ),
    // That a text changed shows only when it is asked for again, and what links say when they are worded.
    get errors() {
      const all = [...result.errors, ...changedOf(result), ...faultErrors([...faults.values()])];
      return concealIn(all.toSorted(byPlace), 'errors');
    },
  };
}

/** Made when it is gone through, and kept nowhere. */
const each = <T, U>(list: readonly T[], make: (one: T) => U): Iterable<U> => ({
  *[Symbol.iterator]() {
    for (const one of list) yield make(one);
  },
});

const isLookedAt =
  ({ baseline, asked }: CheckResult) =>
  ({ rule, place }: BaselineEntry): boolean =>
    asked.has(rule) && (baseline?.isRead(place) ?? false);

const setOf = ({ path, set = path, state }: Planned, { sets }: CheckResult): string =>
  state === 'built' && sets.some(({ name }) => name === set) ? set : '';

function linksToShow(
  { links, chains, findings }: ReturnType<typeof mergeSets>,
  detail: 'all' | 'findings',
): ReadonlySet<Link> {
  if (detail === 'all')
    return new Set([...links.map(({ of }) => of), ...chains.flatMap(({ of }) => of.links)]);
  const found = new Set(findings.flatMap(({ of }) => of.link ?? []));
  const around = chains.filter(({ of }) => of.links.some((link) => found.has(link)));
  return new Set([...found, ...around.flatMap(({ of }) => of.links)]);
}

/** `backend-1`, `backend-2` …: short, and the same for the same input. */
function idsOf(links: readonly InSet<Link>[], prefix: string): ReadonlyMap<Link, string> {
  const counts = new Map<string, number>();
  return new Map(
    links.map(({ of }) => {
      const count = (counts.get(of.kind) ?? 0) + 1;
      counts.set(of.kind, count);
      return [of, `${prefix}${of.kind}-${count}`];
    }),
  );
}

function setNamesBySource(result: CheckResult): (source: SourceFile) => string {
  if (result.sets.length < 2) return () => result.sets[0]?.name ?? '';
  const names = new Map<SourceFile, string>();
  for (const { name, graph } of result.sets) {
    for (const source of new Set(graph.model.resources.map((resource) => resource.source))) {
      names.set(source, names.has(source) ? '' : name);
    }
  }
  return (source) => names.get(source) ?? '';
}

/** Sources whose lines and bytes are not those that were checked. */
const changedOf = ({ sources }: CheckResult): InputError[] =>
  sources.flatMap(({ source }) => (source.isStale ? inputError(source.path, CHANGED) : []));

const CHANGED = 'this changed while it was checked, so what is said of it has no lines; check it again';

const countStates = (
  all: readonly InSet<{ readonly state: 'whole' | 'broken' | 'unproved' }>[],
): Report['summary']['links'] => {
  const counts = { whole: 0, broken: 0, unproved: 0 };
  for (const { of } of all) counts[of.state] += 1;
  return counts;
};

function madeIn({ sets }: CheckResult): Pick<Report, 'made'> {
  const made = sets.flatMap(({ graph: { model } }) =>
    model.workloads.flatMap((workload) =>
      [...groupBy(model.madeBy(workload), ({ kind }) => kind)].map(([kind, all]) => ({
        by: toResource(workload),
        kind,
        names: all.map(({ name }) => name),
      })),
    ),
  );
  return made.length > 0 ? { made } : {};
}

function toChain(
  id: string,
  set: string,
  { entry, tree, links, state }: Chain,
  linkIds: ReadonlyMap<Link, string>,
  toHops: ToHops,
): ReportChain {
  return {
    id,
    set,
    entry: {
      kind: entry.kind,
      host: entry.host ?? null,
      path: entry.path ?? null,
      pathType: entry.pathType ?? null,
      port: entry.port ?? null,
      protocol: entry.protocol,
      resource: toResource(entry.resource),
    },
    links: links.flatMap((link) => linkIds.get(link) ?? []),
    tree: toHops(tree),
    state,
  };
}

type ToHops = (hops: readonly Hop[]) => readonly ReportHop[];

/** Branches that several chains share stay shared. A link that another set has better is passed over. */
function hopsByIds(linkIds: ReadonlyMap<Link, string>): ToHops {
  const known = new Map<readonly Hop[], readonly ReportHop[]>();
  const toHops: ToHops = (hops) => {
    const there = known.get(hops);
    if (there) return there;
    const made = hops.flatMap(({ link, next }): readonly ReportHop[] => {
      const id = linkIds.get(link);
      return id === undefined ? toHops(next) : [{ link: id, next: toHops(next) }];
    });
    known.set(hops, made);
    return made;
  };
  return toHops;
}

function toFinding(
  { set, of }: InSet<Finding>,
  { severity, ignored }: Judged,
  linkIds: ReadonlyMap<Link, string>,
  locate: Locator,
  endOf: (fix: Fix) => ChangedEnd,
): ReportFinding {
  const [from, to] = of.resources.map(toResource);
  const place = locate(of.labels[0].at);
  const fixes = of.fixes.map(editableFix);
  return {
    rule: of.rule,
    severity,
    ...(severity === of.severity ? {} : { usualSeverity: of.severity }),
    set,
    message: of.message,
    link: (of.link && linkIds.get(of.link)) ?? null,
    resources: of.resources.map(toResource),
    stopsTraffic: of.severity === 'error' || of.stopsTraffic === true,
    labels: of.labels.slice(0, MOST_LABELS).map(({ at, message }, index) => ({
      location: locate(at),
      ...locate.originOf(at),
      message,
      primary: index === 0,
    })),
    notes: of.notes,
    ...(of.known.length > 0 ? { known: of.known } : {}),
    // What nobody can edit is still what to do.
    help: [...of.help, ...of.fixes.flatMap(({ title }, index) => (fixes[index] ? [] : title))],
    fixes: fixes.flatMap((fix, index) => {
      if (!fix) return [];
      const { title, applicability, edits } = fix;
      const { end, changes } = endOf(of.fixes[index]!);
      return {
        title,
        applicability,
        end,
        ...(changes ? { changes: toResource(changes) } : {}),
        edits: edits.map(({ at, text }) => {
          const { path, line, column, endLine, endColumn } = locate(at);
          return { path, start: { line, column }, end: { line: endLine, column: endColumn }, text };
        }),
      };
    }),
    docs: `${DOCS}${of.rule}.md`,
    fingerprint: fingerprintOf({
      rule: of.rule,
      from: from ?? { apiVersion: '', kind: 'Source', namespace: '', name: place.path },
      to,
      field: of.field,
    }),
    ...(ignored ? { ignored } : {}),
  };
}

const toIgnores = (
  ignores: readonly Ignore[],
  asked: ReadonlySet<string>,
  locate: Locator,
): Report['ignores'] =>
  ignores
    .map((one) => {
      const { by, rule, reason, at, hides } = one;
      const wrong = whyWrong(one, asked, (place) => locate(place).line);
      const { origin } = locate.originOf(at);
      return {
        by,
        rule,
        reason,
        location: origin ?? locate(at),
        hides,
        ...(wrong === undefined ? {} : { wrong }),
      };
    })
    .toSorted((a, b) => byPlace(a.location, b.location));
