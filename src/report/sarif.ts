import type {
  Report,
  ReportError,
  ReportFinding,
  ReportFix,
  ReportLink,
  ReportLocation,
  Severity,
} from './report.ts';

/** A rule as SARIF lists it. */
export interface SarifRule {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** Its page, in Markdown. */
  readonly page: string;
}

const HOME = 'https://github.com/portolan-dev/portolan';

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const;

/** What GitHub shows of one upload at most (docs.github.com, "SARIF support for code scanning"). */
const MOST_RESULTS = 25_000;

/**
 * SARIF 2.1.0 as GitHub code scanning reads it: the primary place, the other end as a related place that the message
 * links to, the whole chain as a code flow, fingerprints that outlive moved lines.
 */
export function renderSarif(report: Report, rules: readonly SarifRule[]): string {
  const results = report.findings.slice(0, MOST_RESULTS).map((finding) => toResult(finding, report, rules));
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
            toolExecutionNotifications: report.errors.map(toNotification),
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toDriver({ tool }: Report, rules: readonly SarifRule[]): object {
  return {
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
      help: { text: page, markdown: page },
      defaultConfiguration: { level: LEVEL[severity] },
      properties: {
        tags: ['kubernetes', 'ports'],
        precision: severity === 'error' ? 'very-high' : 'high',
        'problem.severity': severity === 'info' ? 'recommendation' : severity,
      },
    })),
  };
}

function toResult(finding: ReportFinding, report: Report, rules: readonly SarifRule[]): object {
  const [primary, ...others] = finding.labels;
  const codeFlow = toCodeFlow(finding, report);
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
    level: LEVEL[finding.severity],
    message: { text: messageOf(finding) },
    locations: [{ physicalLocation: toPhysical(primary!.location), message: { text: primary!.message } }],
    ...(others.length > 0
      ? {
          relatedLocations: others.map(({ location, message }, index) => ({
            id: index + 1,
            physicalLocation: toPhysical(location),
            message: { text: message },
          })),
        }
      : {}),
    ...(codeFlow ? { codeFlows: [codeFlow] } : {}),
    partialFingerprints: { 'portolan/v1': finding.fingerprint },
    ...(finding.fixes.length > 0 ? { fixes: finding.fixes.map(toFix) } : {}),
  };
}

/** The headline, a link to each other end, and what to know and do; a link is `[text](id)` to a related place. */
function messageOf({ message, labels, notes, help }: ReportFinding): string {
  const [primary, ...others] = labels;
  const ends = others.map((label, index) => `[${escapeLink(label.message)}](${index + 1})`);
  const first = `${escapeLink(message)}: ${escapeLink(primary!.message)}${ends.length > 0 ? `; ${ends.join(', ')}` : ''}.`;
  return [first, ...[...notes, ...help].map((text) => `${escapeLink(text)}.`)].join('\n');
}

/** Brackets would start a link (SARIF 2.1.0, 3.11.6). */
const escapeLink = (text: string): string => text.replace(/[\\[\]]/g, '\\$&');

/** The chain that the finding's link is on, outside in. */
function toCodeFlow({ link }: ReportFinding, report: Report): object | undefined {
  const chain = report.chains.find(({ links }) => link !== null && links.includes(link));
  if (!chain) return undefined;
  const links = new Map(report.links.map((one) => [one.id, one]));
  const locations = chain.links.flatMap((id) => {
    const one = links.get(id);
    return one?.from.location
      ? [{ location: { physicalLocation: toPhysical(one.from.location), message: { text: hopOf(one) } } }]
      : [];
  });
  return locations.length > 0 ? { threadFlows: [{ locations }] } : undefined;
}

const hopOf = ({ kind, from, to, state, reason }: ReportLink): string =>
  `${kind}: ${endOf(from)} → ${to ? endOf(to) : 'nothing'} (${state}: ${reason})`;

function endOf({ resource, port }: ReportLink['from']): string {
  const number = port?.number ?? port?.name;
  const name = resource.namespace ? `${resource.namespace}/${resource.name}` : resource.name;
  return `${resource.kind} ${name}${number === undefined ? '' : `:${number}`}`;
}

const toPhysical = ({ path, line, column, endLine, endColumn }: ReportLocation): object => ({
  artifactLocation: { uri: toUri(path) },
  region: { startLine: line, startColumn: column, endLine, endColumn },
});

/** A path as a URI reference: `#`, spaces and the like are percent-encoded; addresses stay as they are. */
function toUri(path: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return path;
  if (path === '-') return 'stdin';
  return path.split('/').map(encodeURIComponent).join('/');
}

const toFix = ({ title, edits }: ReportFix): object => ({
  description: { text: title },
  artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
    artifactLocation: { uri: toUri(path) },
    replacements: edits
      .filter((edit) => edit.path === path)
      .map(({ start, end, text }) => ({
        deletedRegion: {
          startLine: start.line,
          startColumn: start.column,
          endLine: end.line,
          endColumn: end.column,
        },
        insertedContent: { text },
      })),
  })),
});

const toNotification = ({ path, line, column, message }: ReportError): object => ({
  level: 'error',
  message: { text: message },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: toUri(path) },
        region: { startLine: line, startColumn: column },
      },
    },
  ],
});
