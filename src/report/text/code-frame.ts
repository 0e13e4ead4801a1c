import { LineIndex } from '../../text/source.ts';
import type { ReportFinding } from '../report.ts';
import { sanitize } from '../sanitize.ts';
import { type Mark, markLines } from './marks.ts';
import { showLine, windowOf } from './source-line.ts';
import type { Style } from './style.ts';

type Label = ReportFinding['labels'][number];

export interface FrameOptions {
  readonly width: number;
  readonly style: Style;
  /** Colours the primary mark, as the severity has it. */
  readonly accent: (text: string) => string;
  readonly textOf: (path: string) => string | undefined;
}

/** The marked places, file by file, each with a line of context around it. */
export function codeFrames(labels: readonly Label[], options: FrameOptions): string[] {
  const { style } = options;
  const paths = [...new Set(labels.map(({ location }) => location.path))];
  const indexes = new Map(paths.map((path) => [path, indexOf(options.textOf(path))]));
  const gutter = Math.max(
    ...labels.map(
      ({ location }) =>
        String(Math.min(location.line + 1, indexes.get(location.path)?.lineCount ?? 1)).length,
    ),
  );
  const margin = ' '.repeat(gutter + 1);
  const lines = paths.flatMap((path, at) => {
    const own = labels.filter(({ location }) => location.path === path);
    const { line, column } = (own.find(({ primary }) => primary) ?? own[0]!).location;
    return [
      style.dim(`${margin}${at === 0 ? '╭' : '├'}─ `) + sanitize(`${path}:${line}:${column}`),
      ...frame(own, indexes.get(path), gutter, options),
    ];
  });
  return [...lines, style.dim(`${margin}╰─`)];
}

const indexOf = (text: string | undefined): LineIndex | undefined =>
  text === undefined ? undefined : new LineIndex(text);

function frame(
  labels: readonly Label[],
  index: LineIndex | undefined,
  gutter: number,
  options: FrameOptions,
): string[] {
  const { style, accent, width } = options;
  const bar = style.dim('│');
  const margin = ' '.repeat(gutter + 1);
  const isThere = ({ location }: Label): boolean => index !== undefined && location.line <= index.lineCount;
  // A source that cannot be read again, or has changed since, is told without its text.
  const lost = labels
    .filter((label) => !isThere(label))
    .map(({ message }) => `${margin}${bar} ${sanitize(message)}`);
  if (!index) return lost;

  const byLine = new Map<number, Label[]>();
  for (const label of labels.filter(isThere))
    byLine.set(label.location.line, [...(byLine.get(label.location.line) ?? []), label]);
  const context = [...byLine.keys()]
    .flatMap((line) => [line - 1, line + 1])
    .filter((line) => line >= 1 && index.lineText(line).trim() !== '');
  const shown = [...new Set([...byLine.keys(), ...context])].sort((a, b) => a - b);

  const room = Math.max(20, width - gutter - 3);
  const lines = shown.flatMap((line, at) => {
    const gap = at > 0 && shown[at - 1] !== line - 1 ? [style.dim(`${margin}⋮`)] : [];
    const source = index.lineText(line);
    const display = showLine(source);
    const marks = (byLine.get(line) ?? []).map((label) => toMark(label, source, display.columns));
    const view = windowOf(
      display,
      Math.min(...marks.map(({ from }) => from), Number.MAX_SAFE_INTEGER) % Number.MAX_SAFE_INTEGER,
      Math.max(0, ...marks.map(({ to }) => to)),
      room,
    );
    const moved = marks.map((mark) => ({
      ...mark,
      from: Math.max(0, mark.from - view.shift),
      to: Math.max(1, mark.to - view.shift),
    }));
    const cut = moved.map((mark) => ({ ...mark, to: Math.min(mark.to, Math.max(mark.from + 1, room)) }));
    const number = style.dim(String(line).padStart(gutter));
    return [
      ...gap,
      `${number} ${bar} ${view.text}`.trimEnd(),
      ...markLines(cut).map(
        ({ text, primary }) => `${margin}${bar} ${primary ? accent(text) : style.accent(text)}`,
      ),
    ];
  });
  return [...lines, ...lost];
}

function toMark({ location, message, primary }: Label, source: string, columns: readonly number[]): Mark {
  const start = Math.min(location.column - 1, source.length);
  // What goes on for several lines is marked to the end of its first.
  const end =
    location.endLine > location.line
      ? source.trimEnd().length
      : Math.min(location.endColumn - 1, source.length);
  const from = columns[start] ?? 0;
  return {
    from,
    to: Math.max(from + 1, columns[Math.max(end, start)] ?? from + 1),
    message: sanitize(message),
    primary,
  };
}
