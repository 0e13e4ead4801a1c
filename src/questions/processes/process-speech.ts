import type { BindLink, ProbeLink } from '../../graph/links/pod-links.ts';
import { isRemembered } from '../../knowledge/remembered.ts';

/**
 * The protocol that a process is known to speak where a link meets it: `HTTP`, `HTTPS`, `Redis`. Configuration that
 * opens the socket says it, else the facts of the image's own port: of one that a setting moved, that of its default.
 */
export function spokenByProcess({
  state,
  listener,
  process,
}: Pick<BindLink | ProbeLink, 'state' | 'listener' | 'process'>): string | undefined {
  const fact = process?.fact;
  if (state !== 'whole' || !listener || !fact || isRemembered(fact)) return undefined;
  if (listener.speaks) {
    return listener.speaks === 'HTTP' || listener.speaks === 'HTTPS' ? listener.speaks : undefined;
  }
  const ports = fact.ports.filter(({ protocol }) => protocol === listener.protocol);
  const own =
    ports.find(({ port }) => port === (listener.usual ?? listener.port)) ??
    (ports.length === 1 ? ports[0] : undefined);
  // Where a setting decides between the two, the facts say both.
  if (!own || own.speaks === 'HTTP or HTTPS') return undefined;
  return own.speaks ?? 'HTTP';
}
