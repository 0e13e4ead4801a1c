import { join } from 'node:path';
import type { Location } from '../../text/source.ts';
import { findAt } from '../../text/yaml-path.ts';
import type { Tree } from '../rendered-source.ts';
import type { WrittenFile, WrittenFiles } from '../written.ts';
import { align } from './align.ts';
import { type TemplateLine, templateLines } from './template-lines.ts';
import type { KeyFinder } from './values-key.ts';

/** A part of what Helm printed, with the template that printed it. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly template: string;
}

/**
 * Goes back from what Helm printed: to the template's own text where the value stands in it, else to the key of the
 * values that decides it, else to the action of the template that printed it.
 *
 * @param folder the chart's, absolute
 */
export function writtenPlaces(
  text: string,
  tree: Tree,
  folder: string,
  written: WrittenFiles,
  finder: Pick<KeyFinder, 'find'>,
): (offset: number) => Location | undefined {
  let pieces: readonly Piece[] | undefined;
  const aligned = new Map<Piece, Aligned | undefined>();
  return (offset) => {
    pieces ??= piecesOf(text);
    const piece = pieces.findLast(({ start }) => start <= offset);
    const document = tree().findLast(({ start }) => start <= offset);
    const found = document && findAt(document, offset);
    if (!piece || !document || !found) return undefined;
    if (!aligned.has(piece)) aligned.set(piece, alignPiece(piece, text, folder, written));
    const way = aligned.get(piece);
    const line = way?.lineAt(offset);
    if (!way || !line) return undefined;
    const { source } = way.file;
    if (found.isKey || found.node.type !== 'scalar') return placeOfLine(line, source.text, way.file);
    const literal = literalPlace(line, found.node.text, source.text);
    if (literal) return { source, ...literal };
    const key = finder.find(document, found.steps, found.node, source.text.slice(line.start, line.end));
    if (key) return key;
    const printing = line.actions.filter(({ prints }) => prints);
    return printing.length === 1
      ? { source, start: printing[0]!.start, end: printing[0]!.end }
      : placeOfLine(line, source.text, way.file);
  };
}

/** Every object that Helm prints begins with the template that it comes from. */
function piecesOf(text: string): Piece[] {
  const marks = [...text.matchAll(/^# Source: (.*)\n/gm)];
  return marks.map(({ 0: mark, 1: template = '', index }, at) => ({
    start: index + mark.length,
    end: marks[at + 1]?.index ?? text.length,
    template,
  }));
}

interface Aligned {
  readonly file: WrittenFile;
  lineAt(offset: number): TemplateLine | undefined;
}

function alignPiece(piece: Piece, text: string, folder: string, written: WrittenFiles): Aligned | undefined {
  // The first name is the chart's, whatever its folder is called; a packed dependency has no file of its own.
  const names = piece.template.split('/').slice(1);
  if (names.length === 0 || names.includes('..')) return undefined;
  const file = written.read(join(folder, ...names));
  if (!file) return undefined;
  const lines = templateLines(file.source.text);
  const rendered = text
    .slice(piece.start, piece.end)
    .replace(/\n(---\n)?$/, '')
    .split('\n');
  const ways = align(rendered, lines);
  const starts: number[] = [];
  let at = piece.start;
  for (const one of rendered) {
    starts.push(at);
    at += one.length + 1;
  }
  return {
    file,
    lineAt: (offset) => {
      const row = starts.findLastIndex((start) => start <= offset);
      const index = ways[row] ?? -1;
      return index < 0 ? undefined : lines[index];
    },
  };
}

/** Where the value is a word of the line's own text. */
function literalPlace({ start, literals, actions }: TemplateLine, value: string, text: string) {
  if (value === '' || value.includes('\n')) return undefined;
  let from = start;
  for (const [index, literal] of literals.entries()) {
    // Behind the key, if there is one: `port: port`.
    const at = wordAt(literal, value);
    if (at >= 0) return { start: from + at, end: from + at + value.length };
    from = actions[index]?.end ?? text.length;
  }
  return undefined;
}

/** The last place of a word. */
function wordAt(text: string, word: string): number {
  for (let at = text.lastIndexOf(word); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(word, at - 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`;
    if (/^[^\w.-][^\w.:-]$/.test(around)) return at;
  }
  return -1;
}

function placeOfLine({ start, end }: TemplateLine, text: string, { source }: WrittenFile): Location {
  const line = text.slice(start, end);
  const indent = line.length - line.trimStart().length;
  return { source, start: start + indent, end: start + line.trimEnd().length };
}
