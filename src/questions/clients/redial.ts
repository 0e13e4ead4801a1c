import type { ClientLink } from '../../graph/links/caller-links.ts';
import type { ServicePort } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { type Edit, Located } from '../../text/source.ts';

/**
 * What makes an address dial another port of its Service: only where the text is the port itself, or the host that a
 * port can be put behind; else none.
 */
export function redial(
  { from: { at }, number, service }: ClientLink,
  meant: ServicePort,
): { readonly title: string; readonly edits: readonly Edit[] }[] {
  const port = portNumber(meant.port);
  if (port === undefined || port === number || !(at instanceof Located)) return [];
  const title = `dial port ${port}`;
  if (at.value === String(number)) return [{ title, edits: [{ at: at.at, text: String(port) }] }];
  const host = String(at.value);
  if (host !== service?.name && !host.startsWith(`${service?.name}.`)) return [];
  const behind = new Located('', at.source, at.end, at.end);
  return [{ title, edits: [{ at: behind.at, text: `:${port}` }] }];
}
