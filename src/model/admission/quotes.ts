import type { Edit, Location } from '../../text/source.ts';
import { textOf } from '../../text/source.ts';

/**
 * Puts quotes around a value that YAML takes for a number or a boolean; undefined where that may not be what it says.
 * The value itself is in no edit: it may be a secret.
 */
export function quotesAround(at: Location): { title: string; edits: Edit[] } | undefined {
  if (!PLAIN.test(textOf(at)) || isAnchored(at)) return undefined;
  const { source } = at;
  return {
    title: 'put quotes around it',
    edits: [at.start, at.end].map((place) => ({ at: { source, start: place, end: place }, text: '"' })),
  };
}

const PLAIN = /^[\w.+-]+$/;

/** An anchored value may be a number for another field that refers to it. */
const isAnchored = ({ source, start }: Location): boolean =>
  /&[^\s&]+\s+$/.test(source.text.slice(Math.max(0, start - 80), start));
