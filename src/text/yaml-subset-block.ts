import { CHOMPING_MODE, type ChompingMode, SCALAR_STYLE } from 'js-yaml';
import { trimEndOf } from './trim-end.ts';
import { keep } from './yaml-keep.ts';
import type { YamlScalar } from './yaml-node.ts';
import { handOver, type ScalarReader, writtenValue } from './yaml-subset-scalar.ts';

const HEADER = /[|>](?:[1-9][+-]?|[+-][1-9]?)?(?: +#[^\n]*| *)\r?\n/y;
const INDICATORS = /^[|>][-+1-9]*/;
const BLANK_LINE = / *\r?\n/y;
const BLANK_REST = / +$/y;

/** The block scalar whose `|` or `>` stands here, in an entry in `column`; the place is then the line behind it. */
export function blockScalarAt(reader: ScalarReader, column: number): YamlScalar {
  const { text, base, at: start } = reader;
  if (!reader.passes(HEADER)) handOver();
  reader.aliases.size++;
  const valueStart = reader.at;
  const header = INDICATORS.exec(text.slice(start, start + 3))![0];
  const digit = /[1-9]/.exec(header)?.[0];
  const indent = digit === undefined ? indentOfContent(reader, column + 1) : column + Number(digit);
  passContent(reader, ' '.repeat(indent));
  const value = keep(
    writtenValue(text, {
      style: header.startsWith('|') ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK,
      chomping: chompingOf(header),
      valueStart,
      valueEnd: reader.at,
      indent,
    }),
  );
  const end = start + 1 + trimEndOf(text.slice(start + 1, reader.at), ' \t\r\n').length;
  return { type: 'scalar', start: base + start, end: base + end, value, text: value, quoted: true };
}

/** The first line that is not blank says how far all are indented, at least by `least`. */
function indentOfContent(reader: ScalarReader, least: number): number {
  const start = reader.at;
  let longestBlank = 0;
  let lineStart = start;
  while (reader.passes(BLANK_LINE)) {
    longestBlank = Math.max(longestBlank, reader.at - lineStart);
    lineStart = reader.at;
  }
  reader.passSpaces();
  const indent = reader.at - lineStart;
  // A blank line may not be indented further; its ends are counted in, so that what comes close is handed over too.
  if (reader.at >= reader.text.length || indent < least || (longestBlank > 2 && indent < longestBlank))
    handOver();
  reader.at = start;
  return indent;
}

function passContent(reader: ScalarReader, indentation: string): void {
  const { text } = reader;
  while (reader.at < text.length) {
    if (reader.passes(BLANK_REST)) handOver();
    if (text.startsWith(indentation, reader.at)) {
      const newline = text.indexOf('\n', reader.at);
      reader.at = newline === -1 ? text.length : newline + 1;
    } else if (!reader.passes(BLANK_LINE)) return;
  }
}

function chompingOf(header: string): ChompingMode {
  if (header.includes('+')) return CHOMPING_MODE.KEEP;
  return header.includes('-') ? CHOMPING_MODE.STRIP : CHOMPING_MODE.CLIP;
}
