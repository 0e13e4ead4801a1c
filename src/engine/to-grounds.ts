import { groundsOf, missingOf, wordLinkGround } from '../graph/links/evidence.ts';
import type { Link } from '../graph/links/link.ts';
import type { LinkGround } from '../graph/links/stated.ts';
import type { ReportGround, ReportLocation, ReportMissing } from '../report/report.ts';
import type { Location } from '../text/source.ts';
import { commandFor } from './proof-commands.ts';

/** Why a link is what it is, as data. */
export function toGrounds(link: Link, locate: (at: Location) => ReportLocation): ReportGround[] {
  const place = (at: Location | undefined): ReportLocation | null => (at ? locate(at) : null);
  return groundsOf(link).map((ground) => ({
    kind: ground.kind,
    says: wordLinkGround(ground),
    location: place('at' in ground ? ground.at : undefined),
    ...sourceOf(ground),
    ...('time' in ground && ground.time !== undefined ? { at: ground.time } : {}),
    ...seenOf(ground),
  }));
}

/** Of sockets and connections also what was seen, as data. */
function seenOf(ground: LinkGround): Pick<ReportGround, 'command' | 'socket' | 'connection'> {
  const command = 'command' in ground && ground.command !== undefined ? { command: ground.command } : {};
  if (ground.kind === 'socket' && ground.port !== undefined) {
    const { addresses, port, protocol } = ground;
    return { ...command, socket: { addresses, port, protocol } };
  }
  if (ground.kind !== 'connection') return command;
  const { dialled, from, address, port, protocol, answer } = ground;
  const where = { dialled, ...(from ? { from } : {}), ...(address === undefined ? {} : { address }) };
  return { ...command, connection: { ...where, port, protocol, answer } };
}

const sourceOf = (ground: LinkGround): { source?: string } => {
  const source = 'fact' in ground ? ground.fact.source[0] : undefined;
  return source === undefined ? {} : { source };
};

/** What would prove the link, each with its command. */
export const toMissing = (link: Link, paths: readonly string[]): ReportMissing[] =>
  missingOf(link).map(({ kind, says }) => ({ kind, says, command: commandFor(kind, link, paths) }));
