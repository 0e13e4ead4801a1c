import { listPieces } from './json.ts';
import type { Report, ReportFinding, Severity } from './report.ts';
import { sanitizeJson } from './sanitize.ts';
import { LEVEL, resultsOf, toPhysical, toPlain } from './sarif-result.ts';

/** A rule as SARIF lists it. */
export interface SarifRule {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** Its page, in Markdown. */
  readonly page: string;
}

const HOME = 'https://github.com/portolan-dev/portolan';

/**
 * GitHub refuses a file with more results in a run (docs.github.com, "SARIF support for code scanning", section
 * "Validating your SARIF file", where the other limits are too).
 */
const MOST_RESULTS = 25_000;

const INDENT = '  ';
/** In a run, in the runs, in the log. */
const RESULTS_DEPTH = 3;

/**
 * SARIF 2.1.0 as GitHub code scanning reads it: the primary place, the other end as a related place that the message
 * links to, the whole chain as a code flow, fingerprints that outlive moved lines.
 */
export const renderSarif = (report: Report, rules: readonly SarifRule[]): string =>
  [...sarifPieces(report, rules)].join('');

/** The same text piece by piece, as that of a large input need not be one string. */
export function* sarifPieces(report: Report, rules: readonly SarifRule[]): Generator<string> {
  const kept = mostSevere(report.findings);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: toDriver(report, rules) },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            ...(report.configuration === undefined
              ? {}
              : { properties: { configuration: report.configuration } }),
            toolExecutionNotifications: notificationsOf(report, report.findings.length - kept.length),
          },
        ],
        // Last, and filled in below.
        results: [],
      },
    ],
  };
  const frame = sanitizeJson(JSON.stringify(log, undefined, INDENT));
  const place = frame.lastIndexOf('[]');
  const results = resultsOf(
    report,
    kept,
    rules.map(({ id }) => id),
  );
  yield frame.slice(0, place);
  yield* listPieces(results, INDENT, RESULTS_DEPTH);
  yield `${frame.slice(place + '[]'.length)}\n`;
}

/** In the report's order; where there are too many, the less severe ones go first. */
function mostSevere(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  if (findings.length <= MOST_RESULTS) return findings;
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  const kept = new Set(bySeverity.slice(0, MOST_RESULTS));
  return findings.filter((finding) => kept.has(finding));
}

const toDriver = ({ tool }: Report, rules: readonly SarifRule[]): object => ({
  name: tool.name,
  version: tool.version,
  semanticVersion: tool.version,
  informationUri: HOME,
  rules: rules.map(({ id, summary, severity, page }) => ({
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    helpUri: `${HOME}/blob/main/src/rules/${id}.md`,
    // GitHub takes no empty text for what it requires.
    help: { text: page || summary, markdown: page || summary },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: ['kubernetes', 'ports'],
      precision: severity === 'error' ? 'very-high' : 'high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  })),
});

/** Nothing is dropped silently: neither input that cannot be read nor findings that GitHub would not take. */
function notificationsOf({ errors, ignores }: Report, leftOut: number): object[] {
  const unread = errors.map((error) => ({
    level: 'error',
    message: toPlain(error.message),
    ...(error.path === '' ? {} : { locations: [{ physicalLocation: toPhysical(error) }] }),
    ...(error.fault?.part === 'rule' ? { associatedRule: { id: error.fault.name } } : {}),
  }));
  const wrong = ignores.flatMap(({ rule, location, wrong }) =>
    wrong === undefined
      ? []
      : {
          level: 'warning',
          message: toPlain(`the ignore of \`${rule}\`: ${wrong}`),
          locations: [{ physicalLocation: toPhysical(location) }],
        },
  );
  if (leftOut === 0) return [...unread, ...wrong];
  const text = `${leftOut} findings of the least severity are left out: code scanning takes ${MOST_RESULTS} at most.`;
  return [...unread, ...wrong, { level: 'warning', message: { text } }];
}
