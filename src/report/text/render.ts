import type { Report, ReportError } from '../report.ts';
import { sanitize } from '../sanitize.ts';
import { codeFrames } from './code-frame.ts';
import { renderFinding } from './finding.ts';
import type { Style } from './style.ts';
import { hints, summaryLine } from './summary.ts';
import { wrap } from './width.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** The text of a source, for code frames; undefined where it cannot be had. */
  readonly textOf: (path: string) => string | undefined;
  /** Errors only, and nothing at all when there are none. */
  readonly quiet?: boolean;
}

/** All findings as code frames, then input that could not be read, then one summary line. */
export function renderText(report: Report, options: TextOptions): string {
  const { quiet = false, style, width } = options;
  const findings = quiet ? report.findings.filter(({ severity }) => severity === 'error') : report.findings;
  const blocks = [
    ...findings.map((finding) => renderFinding(finding, report, options)),
    ...report.errors.map((error) => renderError(error, options)),
  ];
  if (quiet) return blocks.join('\n');
  const notes = hints(report).flatMap((hint) =>
    wrap(sanitize(hint), Math.max(20, width - 2)).map((line, at) =>
      style.dim(`${at === 0 ? '' : '  '}${line}`),
    ),
  );
  return [...blocks, `${[summaryLine(report, style), ...notes].join('\n')}\n`].join('\n');
}

function renderError(
  { path, line, column, message }: ReportError,
  { style, textOf, width }: TextOptions,
): string {
  const error = style.error('error');
  // What could not be read at all has no text to show.
  if (!textOf(path)) return `${error}: ${sanitize(`${path}: ${message}`)}\n`;
  const location = { path, line, column, endLine: line, endColumn: column + 1 };
  const frame = codeFrames([{ location, message: '', primary: true }], {
    width,
    style,
    accent: style.error,
    textOf,
  });
  return `${[`${error}${style.bold(sanitize(`: ${message}`))}`, ...frame].join('\n')}\n`;
}
