import type { Report, Severity, State } from '../report.ts';
import type { Style } from './style.ts';

const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[];
const STATES = ['whole', 'broken', 'unproved'] as const satisfies readonly State[];

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** One line for the whole run. */
export function summaryLine(report: Report, style: Style): string {
  const { resources, chains, links } = report.summary;
  const found = foundIn(report, style);
  if (resources === 0) {
    const none = style.bold(report.errors.length > 0 ? 'no resources could be read' : 'no resources found');
    return found === '' ? none : `${found} · ${none}`;
  }
  const sets = report.sets.length > 1 ? ` and ${report.sets.length} sets` : '';
  return [
    `${found || style.bold(verdictOn(report))} in ${plural(resources, 'resource')}${sets}`,
    `chains: ${statesOf(chains)}`,
    `links: ${statesOf(links)}`,
  ].join(' · ');
}

/** Input that cannot be read is no finding, and no less wrong. */
function foundIn({ summary, errors }: Report, style: Style): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = summary.findings[severity];
    const word = severity === 'info' ? `${count} info` : plural(count, severity);
    return count > 0 ? [style[severity](word)] : [];
  });
  const faults = errors.filter(({ fault }) => fault);
  const unread = errors.length - faults.length;
  return [
    ...counts,
    ...(unread > 0 ? [style.error(plural(unread, 'input error'))] : []),
    ...(faults.length > 0 ? [style.error(`${plural(faults.length, 'fault')} of portolan`)] : []),
  ].join(', ');
}

/** Rules may be switched off, so silence alone proves nothing. */
function verdictOn({ summary: { chains, links } }: Report): string {
  if (chains.broken + links.broken > 0) return 'no findings';
  return chains.unproved + links.unproved > 0 ? 'nothing is proved broken' : 'nothing is broken';
}

function statesOf(counts: Record<State, number>): string {
  const parts = STATES.flatMap((state) => (counts[state] > 0 ? [`${counts[state]} ${state}`] : []));
  return parts.length > 0 ? parts.join(', ') : 'none';
}

const MOST_SETS = 5;

const ISSUES = 'https://github.com/portolan-dev/portolan/issues';

/** What a reader should know beyond the numbers. */
export function hints(report: Report): string[] {
  const { configuration, sets, summary, errors, foreign } = report;
  const names = sets.slice(0, MOST_SETS).map(({ name }) => name || '.');
  const more = sets.length > MOST_SETS ? ` and ${sets.length - MOST_SETS} more` : '';
  const [document] = foreign;
  return [
    ...(errors.some(({ fault }) => fault)
      ? [`a fault of portolan is no mistake of the input: all else was checked; tell us of it at ${ISSUES}`]
      : []),
    ...(sets.length > 1
      ? [
          `${sets.length} sets, as folders define the same objects: ${names.join(', ')}${more}; --set-dir splits them otherwise`,
        ]
      : []),
    ...(configuration === undefined ? [] : [`configuration: ${configuration}`]),
    ...(document
      ? [
          `${plural(foreign.length, 'document')} passed by as no Kubernetes object${foreign.length > 1 ? ', such as' : ':'} ${document.path}:${document.line}`,
        ]
      : []),
    ...imagesHint(report),
    ...(summary.chains.unproved > 0
      ? [
          `${plural(summary.chains.unproved, 'chain')} unproved: \`portolan trace TARGET\` shows what would prove it, for a URL, svc/NAME or deploy/NAME`,
        ]
      : []),
  ];
}

/** From so many on, asking the registries is worth a word. */
const MANY = 5;

/** Links that wait for nothing but what an image says of itself. */
function imagesHint({ links, summary }: Report): string[] {
  const waiting = links.filter(
    ({ missing }) => missing.length > 0 && missing.every(({ kind }) => kind === 'image'),
  );
  const [command] = waiting.flatMap(({ missing }) => missing.map((one) => one.command));
  return command !== undefined && waiting.length >= MANY
    ? [
        `${waiting.length} of ${summary.links.unproved} unproved links wait for what images say of themselves: \`${command}\` asks their registries`,
      ]
    : [];
}
