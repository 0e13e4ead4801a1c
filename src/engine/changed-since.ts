import type { Resource } from '../model/model.ts';
import type { ReportFinding, ReportLink, ReportLocation } from '../report/report.ts';
import type { Finding } from '../rules/rule.ts';
import type { Changes } from '../sources/git-changes.ts';
import { groupBy } from '../text/group-by.ts';
import type { SourceFile } from '../text/source.ts';
import type { Locator } from './locate.ts';

interface Told {
  readonly of: Finding;
  readonly finding: ReportFinding;
  /** The one that it is about. */
  readonly link: ReportLink | undefined;
}

/**
 * Findings one of whose ends changed: lines that are marked, the object itself, a ground of the link, or what is not
 * there any more. The place that changed comes first, since a pull request shows what stands on its lines.
 */
export function onlyChanged(
  told: readonly Told[],
  resources: Iterable<Resource>,
  changes: Changes,
  locate: Locator,
): ReportFinding[] {
  const isObjectChanged = objectsIn(resources, changes, locate);
  return told.flatMap(({ of, finding, link }) => {
    const isKept =
      finding.labels.some((label) => isOn(changes, label.origin ?? label.location)) ||
      finding.labels.some(({ origin }) => origin && changes.isChanged(origin.path)) ||
      of.resources.some(isObjectChanged) ||
      placesOf(link).some((at) => isOn(changes, at)) ||
      isGone(finding, link, changes);
    return isKept ? withChangedFirst(finding, changes) : [];
  });
}

const isOn = (changes: Changes, { path, line, endLine }: ReportLocation): boolean =>
  changes.isChanged(path, line, endLine);

const placesOf = (link: ReportLink | undefined): ReportLocation[] =>
  link
    ? [
        ...[link.from, link.to].flatMap((end) => end?.origin ?? end?.location ?? []),
        ...link.grounds.flatMap(({ location }) => location ?? []),
      ]
    : [];

/** What a finding misses may have been taken away: then no line of it is left to be marked. */
const isGone = (
  { message, labels }: ReportFinding,
  link: ReportLink | undefined,
  changes: Changes,
): boolean =>
  (link ? link.to === null : labels.length === 1) &&
  Array.from(message.matchAll(/`(?:[^`/]*\/)?([^`]+)`/g), ([, name]) => name!).some(changes.removes);

function withChangedFirst(finding: ReportFinding, changes: Changes): ReportFinding {
  const places = finding.labels.map(({ location, origin }) => origin ?? location);
  const line = places.findIndex((at) => isOn(changes, at));
  const first = line >= 0 ? line : places.findIndex(({ path }) => changes.isChanged(path));
  if (first <= 0) return finding;
  const labels = [finding.labels[first]!, ...finding.labels.filter((_, index) => index !== first)];
  return { ...finding, labels: labels.map((label, index) => ({ ...label, primary: index === 0 })) };
}

/** An object reaches to where the next one of its file begins. */
function objectsIn(
  resources: Iterable<Resource>,
  changes: Changes,
  locate: Locator,
): (resource: Resource) => boolean {
  const bySource = groupBy([...resources], ({ source }) => source);
  const endIn = (source: SourceFile, start: number): number | undefined =>
    bySource.get(source)?.find((other) => other.start > start)?.start;
  return ({ source, start }) => {
    if (!changes.isChanged(source.path)) return false;
    const end = endIn(source, start) ?? source.text.length;
    const { line, endLine } = locate({ source, start, end: Math.max(start, end - 1) });
    return changes.isChanged(source.path, line, endLine);
  };
}
