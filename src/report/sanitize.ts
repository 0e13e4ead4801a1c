/**
 * Control characters, terminal escapes, and marks that turn the direction of text. Made visible, so that nothing in a
 * manifest can move the cursor, colour the screen or hide what it says.
 */
const DANGEROUS =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that is safe on a terminal; line feeds and tabs stay. */
export const sanitize = (text: string): string => text.replace(DANGEROUS, visible);

function visible(char: string): string {
  const code = char.charCodeAt(0);
  // Control pictures have the escape as ␛.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
