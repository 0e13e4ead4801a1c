import type { Report, ReportPlanned } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';

/** What is built, how, and what is read as it is written or left out, with the reason; a line for each root. */
export function renderPlan({ plan, sources }: Report): string {
  const plain = sources.filter(({ kind }) => kind === 'file').length;
  const lines = plan.flatMap(lineOf);
  const files = `${plain} ${plain === 1 ? 'file is' : 'files are'} checked as ${plain === 1 ? 'it is' : 'they are'} written`;
  return withoutCommands(`${[...lines, files].map(sanitizeLine).join('\n')}\n`);
}

function lineOf({
  path,
  kind,
  object,
  state,
  with: program,
  reason,
  help,
  beside = [],
}: ReportPlanned): string[] {
  const how = program === undefined ? '' : ` with ${program}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  const todo = help === undefined ? '' : `; ${help}`;
  const more = beside.length > 0 ? [`  beside it: ${beside.join(', ')}`] : [];
  const who = object === undefined ? kind : `${kind} ${object}`;
  return [`${path}  ${who}  ${WORDS[state]}${how}${why}${todo}`, ...more];
}

const WORDS = {
  built: 'built',
  raw: 'read as it is written',
  'left-out': 'left out',
  failed: 'failed',
} as const;
