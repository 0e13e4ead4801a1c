import { YAMLException } from 'js-yaml';
import type { YamlError } from './yaml-node.ts';

/** A fault found while the tree is built; what the parser finds itself comes as its own exception. */
export class YamlFault extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const DEFICIENT = 'deficient indentation';

/** The parser's reasons that a tab before the text may be behind. */
const INDENTATION: ReadonlySet<string> = new Set([
  'tab characters must not be used in indentation',
  'end of the stream or a document separator is expected',
  DEFICIENT,
  'bad indentation of a mapping entry',
  'bad indentation of a sequence entry',
  "expected ':' after a mapping key",
]);

/** The parser's reasons in words for a person; a reason not listed is plain enough as it is. */
const WORDS: ReadonlyMap<string, string> = new Map([
  [
    'the stream contains non-printable characters',
    'a control character or half a character stands in the text',
  ],
  ['null byte is not allowed in input', 'a NUL byte stands in the text; this is not a text file'],
  ['expected valid JSON character', 'a control character stands inside the quotes'],
  [DEFICIENT, 'this line continues a quoted text or a bracket and must be indented further'],
  ['bad indentation of a mapping entry', 'this line does not line up with the keys around it'],
  ['bad indentation of a sequence entry', 'this line does not line up with the list items around it'],
  ["expected ':' after a mapping key", 'a key needs a `:` after it'],
  [
    'can not read a block mapping entry; a multiline key may not be an implicit key',
    'a key needs a `:` after it on the same line',
  ],
  [
    'a whitespace character is expected after the key-value separator within a block mapping',
    'the `:` after a key needs a space behind it',
  ],
  ['missed comma between flow collection entries', 'a comma is missing between the entries of the bracket'],
  ["expected the node content, but found ','", 'a comma stands where a value is expected'],
  ['unexpected end of the stream within a flow collection', 'a `{` or `[` is not closed'],
  ['unexpected end of the stream within a single quoted scalar', "a `'` is not closed"],
  [
    'unexpected end of the document within a single quoted scalar',
    "a `'` is not closed before the document ends",
  ],
  ['unexpected end of the stream within a double quoted scalar', 'a `"` is not closed'],
  [
    'unexpected end of the document within a double quoted scalar',
    'a `"` is not closed before the document ends',
  ],
  ['unexpected end of the stream within a verbatim tag', 'a tag `!<` is not closed'],
  [
    'end of the stream or a document separator is expected',
    'this does not belong to what stands before it; look at the indentation',
  ],
  ['unknown escape sequence', 'this backslash escape is not one that YAML knows'],
  ['expected hexadecimal character', 'a backslash escape needs hexadecimal digits here'],
  ['a line break is expected', 'only a comment may follow `|` or `>` on its line'],
  ['directives end mark is expected', 'a `%` directive needs a `---` line after it'],
  ['name of an anchor node must contain at least one character', 'an anchor `&` needs a name'],
  ['name of an alias node must contain at least one character', 'an alias `*` needs a name'],
  ['alias node should not have any properties', 'an alias takes neither an anchor nor a tag'],
  ['duplication of an anchor property', 'a value has two anchors'],
  ['duplication of a tag property', 'a value has two tags'],
]);

const TOO_DEEP = 'maps and lists are nested too deeply';
const TAB = 'a tab is used as indentation; YAML allows only spaces';

/** Whatever a document threw, as an error in the whole text; `base` is where the parsed text starts in it. */
export function errorOf(thrown: unknown, base: number): YamlError {
  if (thrown instanceof YamlFault) return { offset: thrown.offset, message: thrown.message };
  if (thrown instanceof YAMLException) return parserError(thrown, base);
  // Only a call stack that ran full is left: the caller's own depth is not ours to know.
  if (thrown instanceof RangeError) return { offset: base, message: TOO_DEEP };
  throw thrown;
}

/** The parser found a bracket or a quote that goes on with less indentation than YAML 1.2 demands. */
export const isIndentationOfFlow = (thrown: unknown): boolean =>
  thrown instanceof YAMLException && thrown.reason === DEFICIENT;

function parserError({ reason, mark }: YAMLException, base: number): YamlError {
  const { buffer = '', position = 0 } = mark ?? {};
  const tab = INDENTATION.has(reason) ? tabInIndentation(buffer, position) : -1;
  if (tab !== -1) return { offset: base + tab, message: TAB };
  const offset = base + position;
  if (reason.startsWith('nesting exceeded')) return { offset, message: TOO_DEEP };
  // The reason quotes the tag, which may hold anything.
  if (reason.startsWith('tag name'))
    return { offset, message: 'a tag contains a character that does not belong there' };
  const left = reason.startsWith('bad indentation') ? leftOver(buffer, position) : undefined;
  return { offset, message: left ?? WORDS.get(reason) ?? reason };
}

/** The parser speaks of indentation as well when a line goes on after its value. */
function leftOver(text: string, position: number): string | undefined {
  const before = text.slice(lineStartOf(text, position), position);
  if (/^[ \t]*$/.test(before)) return undefined;
  const character = text[position] ?? '';
  if (character === ':') return 'a second `:` in one value; quote the value or look at the indentation';
  if ('@`%'.includes(character)) return `a value that begins with "${character}" needs quotes`;
  return 'more text follows a value that is complete';
}

function lineStartOf(text: string, position: number): number {
  let lineStart = position;
  while (lineStart > 0 && text[lineStart - 1] !== '\n' && text[lineStart - 1] !== '\r') lineStart--;
  return lineStart;
}

function tabInIndentation(text: string, position: number): number {
  let offset = lineStartOf(text, position);
  while (text[offset] === ' ') offset++;
  return text[offset] === '\t' ? offset : -1;
}
