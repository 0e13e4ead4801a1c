import { SEVERITIES, STATES } from '../order.ts';
import type { Report, State } from '../report.ts';
import { countedIn } from './counted.ts';

/**
 * Gauges in Prometheus' text format, as the node exporter's textfile collector and a Pushgateway take it. Labels hold
 * states, severities and rules, never a name of the input, so that there are few series however large the input is.
 */
export function renderPrometheus(report: Report): string {
  const findings = countedIn(report);
  const rules = [...new Set(findings.map(({ rule }) => rule))].toSorted();
  return [
    ...gauge('portolan_resources', 'Objects that were checked.', [['', report.summary.resources]]),
    ...gauge(
      'portolan_links',
      'References between ports, by what is proved of them.',
      states(report.summary.links),
    ),
    ...gauge('portolan_chains', 'Ways in, by what is proved of them.', states(report.summary.chains)),
    ...gauge(
      'portolan_findings',
      'Findings that count, by severity.',
      SEVERITIES.map((severity) => [
        `severity="${severity}"`,
        findings.filter((finding) => finding.severity === severity).length,
      ]),
    ),
    ...gauge(
      'portolan_rule_findings',
      'Findings that count, by rule.',
      rules.map((rule) => [`rule="${rule}"`, findings.filter((finding) => finding.rule === rule).length]),
    ),
    ...gauge('portolan_ignored_findings', 'Findings that somebody chose to ignore.', [
      ['', report.findings.length - findings.length],
    ]),
    ...gauge('portolan_errors', 'Inputs that could not be checked.', [['', report.errors.length]]),
    '',
  ].join('\n');
}

const states = (counts: Record<State, number>): [string, number][] =>
  STATES.map((state) => [`state="${state}"`, counts[state]]);

const gauge = (name: string, help: string, samples: readonly (readonly [string, number])[]): string[] =>
  samples.length === 0
    ? []
    : [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} gauge`,
        ...samples.map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`),
      ];
