import { plural } from '../plural.ts';
import type { Report, ReportError, ReportFinding, Severity } from '../report.ts';
import { sanitizeLine } from '../sanitize.ts';
import { writtenAt } from '../written-at.ts';
import { countedIn, wordsFor, worstFirst } from './counted.ts';
import { type InProject, projectPath } from './project-path.ts';

/** GitHub shows so many of each kind for a step, and drops the rest (docs.github.com, "Workflow commands", limits). */
const MOST = 10;

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/**
 * Workflow commands that make annotations in GitHub Actions: the gravest of each kind as far as a step shows them, both
 * ends of a link in one, and one line that says how many there are in all. Whatever comes from the input is escaped as
 * the runner unescapes it (github.com/actions/toolkit, packages/core/src/command.ts).
 */
export function renderGithub(report: Report, project: InProject = {}): string {
  const findings = worstFirst(countedIn(report));
  const lines = [
    ...report.errors.slice(0, MOST).map((error) => ofError(error, project)),
    ...COMMANDED.flatMap((severity) => {
      const room = severity === 'error' ? Math.max(0, MOST - report.errors.length) : MOST;
      return findings
        .filter((finding) => finding.severity === severity)
        .slice(0, room)
        .map((finding) => ofFinding(finding, project));
    }),
  ];
  const words = wordsFor(findings) ?? 'no findings';
  const shown =
    lines.length < findings.length + report.errors.length ? `; ${lines.length} are shown here` : '';
  const unread =
    report.errors.length === 0 ? '' : `, ${plural(report.errors.length, 'input')} that could not be checked`;
  return `${[...lines, `portolan: ${words}${unread}${shown}`].join('\n')}\n`;
}

const COMMANDED = Object.keys(COMMANDS) as Severity[];

function ofFinding(finding: ReportFinding, project: InProject): string {
  const [primary, ...others] = finding.labels;
  const { path, line, column, endLine, endColumn } = writtenAt(primary!);
  const ends = others.map((label) => {
    const at = writtenAt(label);
    return `${projectPath(at.path, project)}:${at.line}: ${label.message}`;
  });
  const place = {
    file: projectPath(path, project),
    line,
    // A column means something only within one line.
    ...(endLine === line ? { col: column, endLine, endColumn } : { endLine }),
  };
  const said = [
    `${finding.message}: ${primary!.message}`,
    ...ends,
    ...finding.notes,
    ...finding.help.map((help) => `help: ${help}`),
    `more: portolan explain ${finding.rule}`,
  ];
  return command(COMMANDS[finding.severity], { ...place, title: `portolan: ${finding.rule}` }, said);
}

const ofError = ({ path, line, column, message }: ReportError, project: InProject): string =>
  command(
    'error',
    {
      ...(path === '' ? {} : { file: projectPath(path, project), line, col: column }),
      title: 'portolan: not checked',
    },
    [message],
  );

/** One line, whatever is in it. */
function command(name: string, properties: Record<string, string | number>, said: readonly string[]): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${given.join(',')}::${said.map((line) => data(sanitizeLine(line))).join('%0A')}`;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('##[', '%23#[');

const property = (text: string): string =>
  data(sanitizeLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
