import type { Report, ReportFinding, ReportLink, ReportResource } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import type { Proposal } from './proposal.ts';

/**
 * Compares the report after some fixes with the one before. Findings are counted by rule and resource, links by where
 * they start, as fixes change the names in anything finer.
 *
 * @returns why the fixes may not be kept, in one phrase; undefined where they may
 */
export function whyNotProved(before: Report, after: Report, fixed: readonly Proposal[]): string | undefined {
  if (after.errors.length > before.errors.length) return 'the input could not be read any more';
  if (after.summary.resources !== before.summary.resources) return 'it would change which objects there are';
  const [then, now] = [countsOf(before), countsOf(after)];
  const excused = refusedAmong(before, fixed);
  for (const { finding } of fixed) {
    const key = findingKey(finding);
    const many = fixed.filter((one) => findingKey(one.finding) === key).length;
    if (count(then.findings, key) - count(now.findings, key) < many || isThere(after, finding))
      return 'what it mends would still be found';
    const link = before.links.find(({ id }) => id === finding.link);
    if (link?.state !== 'broken' || isExcused(finding.resources, excused)) continue;
    if (count(now.broken, linkKey(link)) >= count(then.broken, linkKey(link)))
      return 'its link would still be broken';
    if (count(now.unproved, linkKey(link)) > count(then.unproved, linkKey(link)))
      return 'its link would not be proved whole';
  }
  const least = fixed.every(({ finding }) => finding.severity === 'info') ? 'info' : 'warning';
  const added = after.findings.find(
    (finding) =>
      (least === 'info' || finding.severity !== 'info') &&
      (ADMISSION.has(finding.rule) || !isExcused(finding.resources, excused)) &&
      count(now.findings, findingKey(finding)) > count(then.findings, findingKey(finding)),
  );
  if (added) return `it would bring another finding: ${added.message}`;
  const broken = after.links.find(
    (link) =>
      link.state === 'broken' &&
      !isExcused(endsOf(link), excused) &&
      count(now.broken, linkKey(link)) > count(then.broken, linkKey(link)),
  );
  return broken && `it would break another link: ${broken.reason}`;
}

interface Counts {
  readonly findings: ReadonlyMap<string, number>;
  readonly broken: ReadonlyMap<string, number>;
  readonly unproved: ReadonlyMap<string, number>;
}

const countsOf = ({ findings, links }: Report): Counts => ({
  findings: counted(findings.map(findingKey)),
  broken: counted(links.filter(({ state }) => state === 'broken').map(linkKey)),
  unproved: counted(links.filter(({ state }) => state === 'unproved').map(linkKey)),
});

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const count = (counts: ReadonlyMap<string, number>, key: string): number => counts.get(key) ?? 0;

const nameOf = (one: ReportResource | undefined): string =>
  one ? `${one.kind}\0${one.namespace}\0${one.name}` : '';

const findingKey = ({ rule, severity, set, resources: [first], labels: [label] }: ReportFinding): string =>
  [rule, severity, set, first ? nameOf(first) : label?.location.path].join('\n');

const linkKey = ({ kind, set, from }: ReportLink): string => [kind, set, nameOf(from.resource)].join('\n');

const endsOf = ({ from, to }: ReportLink): ReportResource[] => [from, to ?? from].map((end) => end.resource);

const isThere = ({ findings }: Report, { fingerprint, set }: ReportFinding): boolean =>
  findings.some((one) => one.fingerprint === fingerprint && one.set === set);

const ADMISSION: ReadonlySet<string> = new Set(
  allRules.flatMap(({ id, ofAdmission }) => (ofAdmission ? id : [])),
);

/** What the API server refuses is judged by what refuses it alone: what else comes to light was there before. */
const refusedAmong = ({ findings }: Report, fixed: readonly Proposal[]): ReadonlySet<string> => {
  const mended = new Set(fixed.flatMap(({ finding }) => finding.resources.map(nameOf)));
  const refused = findings.filter(({ rule }) => ADMISSION.has(rule));
  return new Set(refused.flatMap(({ resources }) => resources.map(nameOf)).filter((one) => mended.has(one)));
};

const isExcused = (resources: readonly ReportResource[], excused: ReadonlySet<string>): boolean =>
  resources.some((one) => excused.has(nameOf(one)));
