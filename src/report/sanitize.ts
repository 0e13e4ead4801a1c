/**
 * What moves the cursor, colours the screen, turns the direction of text or takes no room at all: control characters,
 * lone surrogates, what is no character (XML takes none), the no-break space (no port name has it), and every invisible character but the joiners and
 * variation selectors of scripts and emoji. Each is shown as its escape, so that nothing in a manifest can hide what
 * it says, and two names that differ look different.
 */
const DANGEROUS =
  /[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028-\u202f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]|(?![\p{Variation_Selector}\p{Join_Control}])\p{Default_Ignorable_Code_Point}|(?<=^|[\x00-\x7f])(?!\ufe0f\u20e3)[\p{Variation_Selector}\p{Join_Control}]/gu;

/** Text that is safe on a terminal; line feeds and tabs stay. */
export const sanitize = (text: string): string => text.replace(DANGEROUS, visible);

/** The same for text that must not leave its line. */
export const sanitizeLine = (text: string): string =>
  PLAIN.test(text) ? text : sanitize(text).replace(/[\n\t]/g, visible);

/** Most texts, in which there is nothing to look for. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * What the log readers of build machines take for a command: `::error …` at the start of a line (GitHub), and `##[…]`,
 * `##vso[…]` and `##teamcity[…]` anywhere (GitHub's runner, Azure Pipelines, TeamCity). Colours before it count for
 * nothing.
 */
const COMMAND = /^(?:[^\S\r\n\u2028\u2029]|\x1b\[[\d;]*m)*::|##(?=\[|vso\[|teamcity\[)/gm;

/** Whole lines as they are printed, none of which is a command to whoever reads the log. */
export const withoutCommands = (lines: string): string =>
  lines.includes('::') || lines.includes('##') ? lines.replace(COMMAND, spelled) : lines;

const spelled = (command: string): string =>
  command.endsWith('::') ? `${command.slice(0, -2)}\\u003a:` : '\\u0023#';

/** JSON that means the same, with nothing raw in it that steers a terminal, turns text around or is a command. */
export const sanitizeJson = (json: string): string =>
  /[^\x0a\x20-\x7e]|##/.test(json) ? withoutMarks(json.replace(DANGEROUS, escaped), '\\u0023') : json;

/** The same for other formats, which have an escape of their own for the first `#`. */
export const withoutMarks = (text: string, spelt: string): string =>
  text.replace(/##(?=\[|vso\[|teamcity\[)/g, `${spelt}#`);

const escaped = (char: string): string =>
  Array.from(
    { length: char.length },
    (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

function visible(char: string): string {
  const code = char.codePointAt(0)!;
  // Unicode has pictures of the C0 control characters: the escape is ␛.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  const digits = code.toString(16).padStart(4, '0');
  return code > 0xffff ? `\\u{${digits}}` : `\\u${digits}`;
}
