import { largest } from '../../text/largest.ts';
import type { ShownSource } from '../../text/secrets/shown-source.ts';
import type { ReportFinding } from '../report.ts';
import { sanitizeLine } from '../sanitize.ts';
import type { Context } from './context.ts';
import { layOut, type Segment } from './marks.ts';
import { type View, viewsOf } from './source-line.ts';
import { widthOf, wrap } from './width.ts';

export type Label = ReportFinding['labels'][number];

export interface FrameStyle {
  /** Colours the primary mark, as the severity has it. */
  readonly accent: (text: string) => string;
  /** The place is told in the headline already. */
  readonly unnamed?: boolean;
}

/**
 * The marked places, file by file, each with a line of context around it. Of rendered text the place is shown where a
 * person wrote it, as far as that is known.
 */
export function codeFrames(all: readonly Label[], context: Context, frameStyle: FrameStyle): string[] {
  const labels = all.map(({ origin, location, ...label }) => ({ ...label, location: origin ?? location }));
  const paths = [...new Set(labels.map(({ location }) => location.path))];
  const excerpts = paths.map((path) =>
    excerptOf(
      labels.filter(({ location }) => location.path === path),
      context.sourceOf(path),
    ),
  );
  if (excerpts.length === 0) return [];
  const gutter = largest(
    excerpts.flatMap(({ shown }) => shown.map((line) => String(line).length)),
    1,
  );
  const ruler = new Ruler(gutter, context, frameStyle);
  return [
    ...excerpts.flatMap((excerpt, at) => [
      ruler.head(at === 0 ? '╭─' : '├─', excerpt.labels),
      ...ruler.body(excerpt),
    ]),
    ruler.foot(),
  ];
}

/** What is shown of one source. */
interface Excerpt {
  readonly labels: readonly Label[];
  readonly lines: ShownSource | undefined;
  /** Line numbers in order: lines with labels and the ones around them. */
  readonly shown: readonly number[];
}

const CHANGED = 'this file has changed since it was checked, so its lines are not shown';

/** Blank lines and document markers tell nothing. */
const IDLE = /^\s*$|^---\s*$|^\.\.\.\s*$/;

function excerptOf(labels: readonly Label[], lines: ShownSource | undefined): Excerpt {
  if (!lines) return { labels, lines, shown: [] };
  const exists = (line: number): boolean => line >= 1 && line <= lines.lineCount;
  const marked = new Set(labels.map(({ location }) => location.line).filter(exists));
  const around = [...marked]
    .flatMap((line) => [line - 1, line + 1])
    .filter((line) => exists(line) && !IDLE.test(lines.lineText(line)));
  return { labels, lines, shown: [...new Set([...marked, ...around])].sort((a, b) => a - b) };
}

interface LabelSpan {
  readonly label: Label;
  readonly start: number;
  readonly end: number;
}

const placeOf = ({ path, line, column }: Label['location']): string => `${path}:${line}:${column}`;

/** Draws excerpts along one gutter. */
class Ruler {
  readonly #margin: string;
  readonly #bar: string;
  readonly #room: number;
  readonly #context: Context;
  readonly #style: FrameStyle;

  constructor(gutter: number, context: Context, style: FrameStyle) {
    this.#margin = ' '.repeat(gutter + 1);
    this.#bar = context.style.dim('│');
    this.#room = context.width - gutter - 3;
    this.#context = context;
    this.#style = style;
  }

  head(corner: string, labels: readonly Label[]): string {
    const drawn = `${this.#margin}${this.#context.style.dim(corner)}`;
    if (this.#style.unnamed) return drawn;
    const { location } = mainOf(labels);
    const rendered = this.#context.isRendered(location.path) ? ' (rendered)' : '';
    return `${drawn} ${sanitizeLine(`${placeOf(location)}${rendered}`)}`;
  }

  foot(): string {
    return `${this.#margin}${this.#context.style.dim('╰─')}`;
  }

  *body({ labels, lines, shown }: Excerpt): Generator<string> {
    for (const [at, line] of shown.entries()) {
      if (at > 0 && shown[at - 1] !== line - 1) yield `${this.#margin}${this.#context.style.dim('⋮')}`;
      yield* this.#line(
        line,
        lines!.lineText(line),
        labels.filter(({ location }) => location.line === line),
      );
    }
    // A source that cannot be read again, or has changed since, is told without its text.
    const main = mainOf(labels);
    if (!lines && this.#context.isChanged(main.location.path)) {
      for (const words of wrap(CHANGED, this.#room)) {
        yield `${this.#margin}${this.#bar} ${this.#context.style.dim(words)}`;
      }
    }
    for (const label of labels.filter(({ location }) => !shown.includes(location.line))) {
      const { line, column } = label.location;
      const place = label === main ? '' : `${line}:${column}: `;
      for (const words of wrap(sanitizeLine(`${place}${label.message}`), this.#room)) {
        yield `${this.#margin}${this.#bar} ${words}`;
      }
    }
  }

  *#line(line: number, source: string, labels: readonly Label[]): Generator<string> {
    const spans = labels.map((label) => spanOf(label, source));
    for (const view of viewsOf(source, spans, this.#room)) {
      const number = this.#context.style.dim(String(line).padStart(this.#margin.length - 1));
      yield `${number} ${this.#bar} ${view.text}`.trimEnd();
      for (const row of layOut(marksOf(view), this.#room)) {
        yield `${this.#margin}${this.#bar} ${this.#draw(row)}`.trimEnd();
      }
    }
  }

  #draw(row: readonly Segment[]): string {
    let drawn = '';
    let taken = 0;
    for (const { column, text, primary } of row) {
      const color = primary ? this.#style.accent : this.#context.style.accent;
      drawn += ' '.repeat(Math.max(0, column - taken)) + color(text);
      taken = column + widthOf(text);
    }
    return drawn;
  }
}

const mainOf = (labels: readonly Label[]): Label => labels.find(({ primary }) => primary) ?? labels[0]!;

/** What goes on for several lines is marked to the end of its first. */
function spanOf(label: Label, source: string): LabelSpan {
  const { line, column, endLine, endColumn } = label.location;
  const start = Math.max(0, Math.min(column - 1, source.length));
  const end = endLine > line ? source.trimEnd().length : Math.min(endColumn - 1, source.length);
  return { label, start, end: Math.max(start, end) };
}

const marksOf = ({ places }: View<LabelSpan>) =>
  places.map(({ span: { label }, from, to }) => ({
    from,
    to,
    message: sanitizeLine(label.message),
    primary: label.primary,
  }));
