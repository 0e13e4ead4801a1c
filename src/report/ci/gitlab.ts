import type { Report, ReportError, ReportFinding, Severity } from '../report.ts';
import { sanitizeJson, sanitizeLine } from '../sanitize.ts';
import { writtenAt } from '../written-at.ts';
import { countedIn } from './counted.ts';
import { type InProject, projectPath } from './project-path.ts';

const SEVERITY = { error: 'critical', warning: 'major', info: 'info' } as const satisfies Record<
  Severity,
  string
>;

/** An entry as GitLab reads it (docs.gitlab.com, "Code Quality", "Code Quality report format"). */
interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

/**
 * A Code Quality report for GitLab's merge requests. Fingerprints are unique, as GitLab takes two alike for one; which
 * one is new shows by them, not by lines.
 */
export function renderGitlab(report: Report, project: InProject = {}): string {
  const entries = [
    ...report.errors.filter(({ path }) => path !== '').map((error) => ofError(error, project)),
    ...countedIn(report).map((finding) => ofFinding(finding, project)),
  ];
  return `${sanitizeJson(JSON.stringify(unique(entries), undefined, 2))}\n`;
}

function ofFinding(finding: ReportFinding, project: InProject): Entry {
  const [primary, ...others] = finding.labels;
  const { path, line, endLine } = writtenAt(primary!);
  const ends = others.map(
    (label) => `${projectPath(writtenAt(label).path, project)}:${writtenAt(label).line} ${label.message}`,
  );
  return {
    description: sanitizeLine([`${finding.message}: ${primary!.message}`, ...ends].join('; ')),
    check_name: finding.rule,
    fingerprint: finding.fingerprint,
    severity: SEVERITY[finding.severity],
    location: { path: projectPath(path, project), lines: { begin: line, end: endLine } },
  };
}

const ofError = ({ path, line, message }: ReportError, project: InProject): Entry => ({
  description: sanitizeLine(`cannot be checked: ${message}`),
  check_name: 'unread-input',
  fingerprint: `unread-input/${path}`,
  severity: 'blocker',
  location: { path: projectPath(path, project), lines: { begin: line, end: line } },
});

/** The same finding in two sets has one fingerprint. */
function unique(entries: readonly Entry[]): Entry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const times = (seen.get(entry.fingerprint) ?? 0) + 1;
    seen.set(entry.fingerprint, times);
    return times === 1 ? entry : { ...entry, fingerprint: `${entry.fingerprint}/${times}` };
  });
}
