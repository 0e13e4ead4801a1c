import type { Report, ReportEnd, ReportFix, ReportLocation } from '../report/report.ts';
import type { Proposal } from './proposal.ts';

/** What hangs on the text that a fix changes, besides the link that it mends; for who chooses between fixes. */
export function touchedBy({ links, chains }: Report, { finding, fix }: Proposal): string[] {
  const own = links.filter(({ from, to }) => [from, to].some((end) => isEdited(end, fix)));
  const others = own.filter(({ id }) => id !== finding.link);
  const ids = new Set([...own.map(({ id }) => id), ...(finding.link === null ? [] : [finding.link])]);
  const ways = new Set(
    chains
      .filter((chain) => chain.links.some((id) => ids.has(id)))
      .map(
        ({ entry }) =>
          `${entry.resource.kind} ${nameOf(entry.resource)}${entry.host ? ` (${entry.host}${entry.path ?? ''})` : ''}`,
      ),
  );
  return [
    ...others.map(
      ({ kind, from, to, state }) =>
        `${kind} link of ${words(from)}${to ? ` to ${words(to)}` : ''} (${state})`,
    ),
    ...[...ways].map((way) => `the way in through ${way}`),
  ];
}

const words = ({ resource, container }: ReportEnd): string =>
  `${resource.kind} ${nameOf(resource)}${container === undefined ? '' : `, container ${container}`}`;

const nameOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  namespace === '' ? name : `${namespace}/${name}`;

function isEdited(end: ReportEnd | null, { edits }: ReportFix): boolean {
  const at = end?.origin ?? end?.location;
  return at ? edits.some((edit) => edit.path === at.path && overlap(edit, at)) : false;
}

const overlap = (
  { start, end }: ReportFix['edits'][number],
  { line, column, endLine, endColumn }: ReportLocation,
): boolean =>
  (start.line < endLine || (start.line === endLine && start.column <= endColumn)) &&
  (line < end.line || (line === end.line && column <= end.column));
