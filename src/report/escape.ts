import { table } from '../text/table.ts';
import { sanitizeLine, withoutMarks } from './sanitize.ts';

const ENTITIES = table<string>({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});

/** Text inside an element of XML or HTML, or between the quotes of an attribute: no markup, no control character, nothing that turns its direction, no command to who reads the log. */
export const xmlText = (text: string): string =>
  SAFE.test(text)
    ? text
    : withoutMarks(
        sanitizeLine(text).replace(/[&<>"']/g, (char) => ENTITIES[char]!),
        HASH,
      );

/** Most texts: ASCII without what is escaped, and the signs that portolan writes. */
const SAFE = /^[ !$%(-;=?-~\xb7\xd7\u2026\u2192\u2713\u2715]*$/;

/** Graphviz knows the entities of HTML as well. */
export const dotText = (text: string): string =>
  withoutMarks(sanitizeLine(text).replaceAll('&', '&amp;').replace(/[\\"]/g, '\\$&'), HASH);

const HASH = '&#35;';
