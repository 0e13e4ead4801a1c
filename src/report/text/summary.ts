import type { Report, State } from '../report.ts';
import type { Style } from './style.ts';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** One line for the whole run. */
export function summaryLine(report: Report, style: Style): string {
  const { resources, findings, links, chains } = report.summary;
  if (resources === 0)
    return style.bold(report.errors.length > 0 ? 'no resources could be read' : 'no resources found');
  const counts = [
    findings.error > 0 ? style.error(plural(findings.error, 'error')) : '',
    findings.warning > 0 ? style.warning(plural(findings.warning, 'warning')) : '',
    findings.info > 0 ? style.info(plural(findings.info, 'info')) : '',
  ].filter((count) => count !== '');
  const found = counts.length > 0 ? counts.join(', ') : style.bold('nothing is broken');
  const over = `${plural(resources, 'resource')}${report.sets.length > 1 ? ` and ${report.sets.length} sets` : ''}`;
  return [`${found} in ${over}`, `chains: ${statesOf(chains)}`, `links: ${statesOf(links)}`].join(' · ');
}

const statesOf = (counts: Record<State, number>): string => {
  const parts = (['whole', 'broken', 'unproved'] as const).flatMap((state) =>
    counts[state] > 0 ? [`${counts[state]} ${state}`] : [],
  );
  return parts.length > 0 ? parts.join(', ') : 'none';
};

const MOST_SETS = 5;

/** What a reader should know beyond the numbers. */
export function hints(report: Report): string[] {
  const { sets, summary, foreign } = report;
  const names = sets.slice(0, MOST_SETS).map(({ name }) => name);
  const more = sets.length > MOST_SETS ? ` and ${sets.length - MOST_SETS} more` : '';
  return [
    ...(sets.length > 1
      ? [
          `folders that define the same objects are checked by themselves: ${names.join(', ')}${more}; --set-dir names them otherwise`,
        ]
      : []),
    ...(foreign.length > 0
      ? [
          `${plural(foreign.length, 'document')} without \`kind\` passed by, such as ${foreign[0]!.path}:${foreign[0]!.line}`,
        ]
      : []),
    ...(summary.chains.unproved > 0
      ? [
          `${plural(summary.chains.unproved, 'chain')} unproved: \`portolan trace\` shows for a URL, svc/NAME or deploy/NAME what would prove it`,
        ]
      : []),
  ];
}
