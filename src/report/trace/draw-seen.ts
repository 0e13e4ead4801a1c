import type { ReportConnection, ReportGround, ReportLink } from '../report.ts';
import { sanitizeLine } from '../sanitize.ts';
import type { Style } from '../text/style.ts';
import { wrap } from '../text/width.ts';

/**
 * What was seen of one link, each with the command that shows it again; nothing where nobody looked.
 *
 * @param told what was seen of the links before it, which is not told again; what is told now is added
 */
export function drawSeen(
  { grounds }: ReportLink,
  { style, width }: { readonly style: Style; readonly width: number },
  told: Set<string>,
): string[] {
  const seen = grounds.filter(({ at, command }) => at !== undefined || command !== undefined);
  const distinct = new Map(seen.map((ground) => [ground.says, ground]));
  const fresh = [...distinct.values()].filter(({ says }) => !told.has(says));
  for (const { says } of fresh) told.add(says);
  return fresh.flatMap(({ says, command, connection }) => [
    ...wrap(sanitizeLine(says), width - BEFORE).map((line, at) =>
      at === 0 ? `${markOf(connection, style)} ${line}` : `  ${line}`,
    ),
    ...(command === undefined ? [] : [style.dim(`  $ ${sanitizeLine(command)}`)]),
  ]);
}

const BEFORE = 10;

function markOf(connection: ReportGround['connection'], style: Style): string {
  if (!connection) return style.dim('·');
  return isFailure(connection) ? style.error('✗') : style.accent('✓');
}

/** Nobody answered, or nobody but the controller. */
export const isFailure = ({ answer }: ReportConnection): boolean =>
  answer.kind === 'refused' ||
  answer.kind === 'timeout' ||
  (answer.kind === 'http' && answer.by === 'controller');
