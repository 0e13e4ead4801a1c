import type { KnownListener } from '../../process/listeners/container-process.ts';
import { type Edit, textOf } from '../../text/source.ts';
import type { ProcessEnd } from './process-end.ts';

/**
 * The other end of what misses a process: the setting that decides where it listens says the number that is asked for.
 * Only where the text of the setting holds the number once, as a variable, a flag and a line of configuration do.
 *
 * @param port where it listens by now
 */
export function moveListener(
  { listeners }: Pick<ProcessEnd, 'listeners'>,
  port: number,
  number: number,
): { readonly title: string; readonly edits: readonly Edit[] } | undefined {
  const at = listeners.find((one: KnownListener) => one.port === port && one.at)?.at;
  if (!at) return undefined;
  const [found, ...more] = textOf(at).matchAll(new RegExp(`(?<![\\d.])${port}(?![\\d.])`, 'g'));
  if (!found || more.length > 0) return undefined;
  const start = at.start + found.index;
  return {
    title: `let the process listen on ${number}`,
    edits: [{ at: { source: at.source, start, end: start + found[0].length }, text: String(number) }],
  };
}
