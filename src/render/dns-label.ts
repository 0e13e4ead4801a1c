import { trimEndOf } from '../text/trim-end.ts';

/**
 * A name as a DNS label (RFC 1123): what else it holds becomes one `-`.
 *
 * @param most characters
 * @param otherwise what it is called where nothing is left of it
 */
export function dnsLabel(text: string, most: number, otherwise: string): string {
  const words = text.toLowerCase().split(/[^a-z0-9]/);
  const label = words
    .filter((word) => word !== '')
    .join('-')
    .slice(0, most);
  return trimEndOf(label, '-') || otherwise;
}
