import { endsOf } from '../graph/links/ends.ts';
import { groundsOf, missingOf } from '../graph/links/evidence.ts';
import type { Link } from '../graph/links/link.ts';
import { type Ground, wordGround } from '../process/listeners/ground.ts';
import type { ReportGround, ReportLocation, ReportMissing } from '../report/report.ts';
import type { Location } from '../text/source.ts';
import { commandFor } from './proof-commands.ts';

/** Why a link is what it is, as data: how its process is known, else the text that declares it. */
export function toGrounds(link: Link, locate: (at: Location) => ReportLocation): ReportGround[] {
  const place = (at: Location | undefined): ReportLocation | null => (at ? locate(at) : null);
  const grounds = groundsOf(link);
  if (grounds.length > 0) {
    return grounds.map((ground) => ({
      kind: ground.kind,
      says: wordGround(ground),
      location: place('at' in ground ? ground.at : undefined),
      ...sourceOf(ground),
      ...('time' in ground && ground.time !== undefined ? { at: ground.time } : {}),
    }));
  }
  if (link.state === 'unproved') return [];
  const { from, to } = endsOf(link);
  return [{ kind: 'declared', says: link.reason, location: place(to?.at ?? from.at) }];
}

const sourceOf = (ground: Ground): { source?: string } => {
  const source = 'fact' in ground ? ground.fact.source[0] : undefined;
  return source === undefined ? {} : { source };
};

/** What would prove the link, each with its command. */
export const toMissing = (link: Link, paths: readonly string[]): ReportMissing[] =>
  missingOf(link).map(({ kind, says }) => ({ kind, says, command: commandFor(kind, link, paths) }));
