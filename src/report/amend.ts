import { countFindings } from './count-findings.ts';
import { byPlace, sortFindings, sortUnproved } from './order.ts';
import type { Report, ReportUnproved, State } from './report.ts';

/**
 * A report in which the difference between two others is made up for: of what lies around a change, as it was and as
 * it is.
 *
 * @param before what the report says of this part, link for link; its ids are its own
 * @param after what takes the place of it
 * @param paths of all sources, as they are after it and in the order of the input
 * @returns undefined where the part was not told in the report as it tells of itself: then it hangs on what lies outside
 */
export function amend(
  report: Report,
  before: Report,
  after: Report,
  paths: readonly string[],
): Report | undefined {
  // What a controller made of it is not looked through.
  if (before.made || after.made) return undefined;
  const findings = exchanged(report.findings, before.findings, after.findings);
  const ignores = exchanged(report.ignores, before.ignores, after.ignores);
  const errors = exchanged(report.errors, before.errors, after.errors);
  const foreign = exchanged(report.foreign, before.foreign, after.foreign);
  if (!findings || !ignores || !errors || !foreign) return undefined;
  const gone = new Set(before.sources.map(({ path }) => path));
  const { summary } = report;
  const resources = summary.resources - before.summary.resources + after.summary.resources;
  return {
    ...report,
    sources: inOrder([...report.sources.filter(({ path }) => !gone.has(path)), ...after.sources], paths),
    sets: report.sets.map((set) => ({ ...set, resources })),
    summary: {
      resources,
      links: moved(summary.links, before.summary.links, after.summary.links),
      chains: moved(summary.chains, before.summary.chains, after.summary.chains),
      ...countFindings(findings),
    },
    links: [...report.links, ...after.links],
    chains: [...report.chains, ...after.chains],
    findings: sortFindings(findings),
    unproved: recounted(report.unproved, before.unproved, after.unproved),
    ignores: ignores.toSorted((a, b) => byPlace(a.location, b.location)),
    errors: errors.toSorted(byPlace),
    foreign: inOrder(foreign, paths),
  };
}

/** What is no source, such as a link that leads nowhere, is told first. */
function inOrder<T extends { readonly path: string }>(
  all: readonly T[],
  paths: readonly string[],
): readonly T[] {
  const places = new Map(paths.map((path, place) => [path, place]));
  const placeOf = ({ path }: T): number => places.get(path) ?? -1;
  return all.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** What both say stays, with the link that leads to it now: what lies around it may have changed. */
function exchanged<T extends object>(
  all: readonly T[],
  before: readonly T[],
  after: readonly T[],
): readonly T[] | undefined {
  const was = tally(before);
  const [stays, comes] = [new Map<string, T>(), [] as T[]];
  for (const one of after) {
    const key = keyOf(one);
    if (take(was, key)) stays.set(key, one);
    else comes.push(one);
  }
  // What is left of it is said no more.
  const left = all.flatMap((one) => {
    const key = keyOf(one);
    return take(was, key) ? [] : (stays.get(key) ?? one);
  });
  return [...was.values()].every((count) => count === 0) ? [...left, ...comes] : undefined;
}

/** Links have other ids in another report. */
const keyOf = (one: object): string => JSON.stringify({ ...one, link: undefined });

function tally(all: readonly object[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of all.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

type Counts = Readonly<Record<State, number>>;

const moved = (all: Counts, before: Counts, after: Counts): Counts => ({
  whole: all.whole - before.whole + after.whole,
  broken: all.broken - before.broken + after.broken,
  unproved: all.unproved - before.unproved + after.unproved,
});

function recounted(
  all: readonly ReportUnproved[],
  before: readonly ReportUnproved[],
  after: readonly ReportUnproved[],
): readonly ReportUnproved[] {
  const linksOf = (some: readonly ReportUnproved[], kind: string): number =>
    some.find((one) => one.kind === kind)?.links ?? 0;
  const kinds = new Map([...after, ...all].map((one) => [one.kind, one]));
  const now = [...kinds.values()].map((one) => ({
    ...one,
    links: linksOf(all, one.kind) - linksOf(before, one.kind) + linksOf(after, one.kind),
  }));
  return sortUnproved(now.filter(({ links }) => links > 0));
}
