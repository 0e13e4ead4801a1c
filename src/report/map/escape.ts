import { table } from '../../text/table.ts';
import { sanitizeLine } from '../sanitize.ts';

const ENTITIES = table<string>({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});

/** Text inside an element of XML or HTML, or between the quotes of an attribute: no markup, no control character, nothing that turns its direction. */
export const xmlText = (text: string): string =>
  sanitizeLine(text).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
