import { xmlText } from '../escape.ts';
import type { Report, ReportError, ReportFinding, ReportIgnored } from '../report.ts';
import { writtenAt } from '../written-at.ts';
import { type InProject, projectPath } from './project-path.ts';

interface Case {
  readonly name: string;
  readonly className: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly headline: string;
  readonly details: readonly string[];
}

/**
 * JUnit's XML, as Jenkins, GitLab and Azure read it: a suite for each file. An error or a warning is a failure, a note
 * a test that passed with output, what is ignored a skipped one, and a file without findings one test that passed.
 */
export function renderJunit(report: Report, project: InProject = {}): string {
  const suites = new Map<string, Case[]>(
    report.sources.map(({ path }): [string, Case[]] => [projectPath(path, project), []]),
  );
  const add = (path: string, one: Case): void => {
    const cases = suites.get(path);
    if (cases) cases.push(one);
    else suites.set(path, [one]);
  };
  for (const error of report.errors) add(projectPath(error.path, project) || 'portolan', ofError(error));
  for (const finding of report.findings) {
    add(projectPath(writtenAt(finding.labels[0]!).path, project), ofFinding(finding, project));
  }
  const all = [...suites].map(([path, cases]): [string, Case[]] => [
    path,
    cases.length > 0 ? cases : [PASSED],
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="portolan" ${count(all.flatMap(([, cases]) => cases))}>`,
    ...all.flatMap(([path, cases]) => [
      `  <testsuite name="${xmlText(path)}" ${count(cases, 'skipped')}>`,
      ...cases.flatMap((one) => element(one)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

const PASSED: Case = {
  name: 'every chain that is checked',
  className: 'portolan',
  outcome: 'passed',
  headline: '',
  details: [],
};

/** Jenkins refuses `skipped` of all suites together (xunit-plugin, `junit-10.xsd`). */
function count(cases: readonly Case[], skipped?: 'skipped'): string {
  const having = (wanted: Case['outcome']): number =>
    cases.filter(({ outcome }) => outcome === wanted).length;
  const told = `tests="${cases.length}" failures="${having('failure')}" errors="${having('error')}"`;
  return skipped ? `${told} skipped="${having('skipped')}"` : told;
}

function ofFinding(finding: ReportFinding, project: InProject): Case {
  const details = finding.labels.map((label) => {
    const { path, line, column } = writtenAt(label);
    return `${projectPath(path, project)}:${line}:${column}: ${label.message}`;
  });
  return {
    name: `${finding.message} (line ${writtenAt(finding.labels[0]!).line})`,
    className: finding.rule,
    outcome: finding.ignored ? 'skipped' : finding.severity === 'info' ? 'passed' : 'failure',
    headline: finding.ignored ? whyIgnored(finding.ignored) : `${finding.severity}: ${finding.message}`,
    details: [...details, ...finding.notes, ...finding.help.map((help) => `help: ${help}`)],
  };
}

const whyIgnored = ({ by, reason }: ReportIgnored): string => `ignored by ${by}: ${reason}`;

const ofError = ({ line, column, message }: ReportError): Case => ({
  name: 'it can be read',
  className: 'portolan',
  outcome: 'error',
  headline: message,
  details: [`line ${line}, column ${column}`],
});

function element({ name, className, outcome, headline, details }: Case): string[] {
  const start = `    <testcase name="${xmlText(name)}" classname="${xmlText(className)}"`;
  const text = details.map(xmlText).join('\n');
  if (outcome === 'passed')
    return details.length === 0
      ? [`${start}/>`]
      : [`${start}>`, `      <system-out>${text}</system-out>`, '    </testcase>'];
  const told =
    outcome === 'skipped'
      ? `<skipped message="${xmlText(headline)}"/>`
      : `<${outcome} message="${xmlText(headline)}" type="${xmlText(className)}">${text}</${outcome}>`;
  return [`${start}>`, `      ${told}`, '    </testcase>'];
}
