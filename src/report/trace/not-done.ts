import type { Report } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';
import type { Style } from '../text/style.ts';
import { wrap } from '../text/width.ts';

/** What could not be asked is no proof of anything, and is told below all pictures. */
export function renderNotDone({ steps = [] }: Report, style: Style, width: number): string {
  const told = steps
    .filter(({ state, reason }) => state !== 'done' || reason !== undefined)
    .map(({ says, reason, state }) =>
      state === 'left-out' ? says : `${says}: ${reason ?? 'what came says nothing that is known'}`,
    );
  if (told.length === 0) return '';
  const lines = told.flatMap((text) =>
    wrap(sanitizeLine(text), width - 4).map((line, at) => `  ${at === 0 ? style.warning('?') : ' '} ${line}`),
  );
  return withoutCommands(`\nnot asked, or without a full answer:\n${lines.join('\n')}\n`);
}
