/**
 * What moves the cursor, colours the screen, turns the direction of text or takes no room at all: control characters,
 * lone surrogates, the no-break space (no port name has it), and every invisible character but the joiners and
 * variation selectors of scripts and emoji. Each is shown as its escape, so that nothing in a manifest can hide what
 * it says, and two names that differ look different.
 */
const DANGEROUS =
  /[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028-\u202f\ufff9-\ufffb\ud800-\udfff]|(?![\p{Variation_Selector}\p{Join_Control}])\p{Default_Ignorable_Code_Point}|(?<=^|[\x00-\x7f])(?!\ufe0f\u20e3)[\p{Variation_Selector}\p{Join_Control}]/gu;

/** Text that is safe on a terminal; line feeds and tabs stay. */
export const sanitize = (text: string): string => text.replace(DANGEROUS, visible);

/** The same for text that must not leave its line. */
export const sanitizeLine = (text: string): string => sanitize(text).replace(/[\n\t]/g, visible);

function visible(char: string): string {
  const code = char.codePointAt(0)!;
  // Unicode has pictures of the C0 control characters: the escape is ␛.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  const digits = code.toString(16).padStart(4, '0');
  return code > 0xffff ? `\\u{${digits}}` : `\\u${digits}`;
}
