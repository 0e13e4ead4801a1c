import type { Report, ReportFinding, Severity } from '../report.ts';
import { writtenAt } from '../written-at.ts';
import { countedIn, wordsFor, worstFirst } from './counted.ts';
import { code, markdownText } from './markdown-text.ts';
import { type InProject, projectPath } from './project-path.ts';

const SIGN = { error: '❌ error', warning: '⚠️ warning', info: 'ℹ️ note' } as const satisfies Record<
  Severity,
  string
>;

/** GitHub takes comments of 65,536 characters; what is around the table needs some of them. */
const MOST_CHARACTERS = 60_000;

/** Marks the comment as portolan's, so that whoever posts it can find and replace the one before. */
const MARK = '<!-- portolan -->';

/**
 * A comment for a pull request or the summary of a job: how many findings, and a table of them, the gravest first, with
 * the line of each end. What is too much for a comment is left out and counted.
 */
export function renderMarkdown(report: Report, project: InProject = {}): string {
  const findings = worstFirst(countedIn(report));
  const ignored = report.findings.length - findings.length;
  const { chains, resources } = report.summary;
  const facts = [
    `${resources} resources`,
    `chains: ${chains.whole} whole, ${chains.broken} broken, ${chains.unproved} unproved`,
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
    ...(report.configuration === undefined ? [] : [`configuration ${code(report.configuration)}`]),
  ];
  return [
    MARK,
    `### portolan: ${wordsFor(findings) ?? 'no findings'}`,
    '',
    `${facts.join(' · ')}`,
    ...unread(report, project),
    ...table(findings, project),
    '',
  ].join('\n');
}

const unread = ({ errors }: Report, project: InProject): string[] =>
  errors.length === 0
    ? []
    : [
        '',
        `**Not checked: ${errors.length}**`,
        '',
        ...errors
          .slice(0, 10)
          .map(
            ({ path, line, message }) =>
              `- ${code(`${projectPath(path, project)}:${line}`)} ${markdownText(message)}`,
          ),
        ...(errors.length > 10 ? [`- and ${errors.length - 10} more`] : []),
      ];

function table(findings: readonly ReportFinding[], project: InProject): string[] {
  if (findings.length === 0) return [];
  const rows: string[] = [];
  let characters = 0;
  for (const finding of findings) {
    const next = row(finding, project);
    characters += next.length + 1;
    if (characters > MOST_CHARACTERS) break;
    rows.push(next);
  }
  const left = findings.length - rows.length;
  return [
    '',
    '| | where | what | rule |',
    '|---|---|---|---|',
    ...rows,
    ...(left > 0 ? ['', `${left} more would not fit here.`] : []),
  ];
}

function row(finding: ReportFinding, project: InProject): string {
  const places = finding.labels.slice(0, 4).map((label) => {
    const { path, line } = writtenAt(label);
    return code(`${projectPath(path, project)}:${line}`);
  });
  const said = [`${finding.message}: ${finding.labels[0]!.message}`, ...finding.help].map(markdownText);
  return `| ${SIGN[finding.severity]} | ${[...new Set(places)].join('<br>')} | ${said.join('<br>')} | ${code(finding.rule)} |`;
}
