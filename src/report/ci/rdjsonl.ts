import { placeOfEdit } from '../edit-place.ts';
import type { Report, ReportError, ReportFinding, ReportFix, ReportLocation, Severity } from '../report.ts';
import { sanitizeJson, sanitizeLine } from '../sanitize.ts';
import { writtenAt } from '../written-at.ts';
import { countedIn } from './counted.ts';
import { type InProject, projectPath } from './project-path.ts';

const SEVERITY = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<
  Severity,
  string
>;

export interface RdjsonlOptions extends InProject {
  /** The text of a file, where it can be had: reviewdog counts columns in bytes. Without it letters are counted. */
  readonly textOf?: ((path: string) => string | undefined) | undefined;
}

/**
 * A diagnostic of reviewdog on each line (github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto), with the other
 * end as a related place, and fixes of one edit as suggestions, which a person takes or leaves.
 */
export function renderRdjsonl(report: Report, options: RdjsonlOptions = {}): string {
  const ranges = rangesIn(options);
  const diagnostics = [
    ...report.errors.filter(({ path }) => path !== '').map((error) => ofError(error, options)),
    ...countedIn(report).map((finding) => ofFinding(finding, ranges, options)),
  ];
  return diagnostics.map((one) => `${sanitizeJson(JSON.stringify(one))}\n`).join('');
}

type Ranges = (place: ReportLocation) => { readonly start: Position; readonly end: Position };

interface Position {
  readonly line: number;
  readonly column: number;
}

function rangesIn({ textOf = () => undefined }: RdjsonlOptions): Ranges {
  const texts = new Map<string, readonly string[]>();
  const linesOf = (path: string): readonly string[] => {
    const lines = texts.get(path) ?? (textOf(path) ?? '').split('\n');
    texts.set(path, lines);
    return lines;
  };
  const inBytes = (path: string, { line, column }: Position): Position => {
    const before = (linesOf(path)[line - 1] ?? '').slice(0, column - 1);
    return { line, column: column + utf8Length(before) - before.length };
  };
  return ({ path, line, column, endLine, endColumn }) => ({
    start: inBytes(path, { line, column }),
    end: inBytes(path, { line: endLine, column: endColumn }),
  });
}

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

function ofFinding(finding: ReportFinding, ranges: Ranges, project: InProject): object {
  const [primary, ...others] = finding.labels;
  const place = (at: ReportLocation): object => ({
    path: projectPath(at.path, project),
    range: ranges(at),
  });
  const at = writtenAt(primary!);
  const said = [`${finding.message}: ${primary!.message}`, ...finding.notes, ...finding.help];
  const suggestions = finding.fixes.flatMap((fix) => suggestionOf(fix, at, ranges));
  return {
    message: said.map(sanitizeLine).join('\n'),
    location: place(at),
    severity: SEVERITY[finding.severity],
    source: { name: 'portolan' },
    code: { value: finding.rule },
    ...(suggestions.length > 0 ? { suggestions } : {}),
    ...(others.length > 0
      ? {
          relatedLocations: others.map((label) => ({
            message: sanitizeLine(label.message),
            location: place(writtenAt(label)),
          })),
        }
      : {}),
  };
}

/**
 * A suggestion is about the lines of its diagnostic, and each stands alone: what changes the other end has no place here
 * (service/github of reviewdog: `GitHub comment range and suggestion line range must be same`).
 */
function suggestionOf({ edits }: ReportFix, at: ReportLocation, ranges: Ranges): object[] {
  const [edit, ...more] = edits;
  if (!edit || more.length > 0 || edit.path !== at.path) return [];
  if (edit.start.line !== at.line || edit.end.line !== at.endLine) return [];
  return [{ range: ranges(placeOfEdit(edit)), text: edit.text }];
}

const ofError = ({ path, line, column, message }: ReportError, project: InProject): object => ({
  message: sanitizeLine(`cannot be checked: ${message}`),
  location: { path: projectPath(path, project), range: { start: { line, column } } },
  severity: 'ERROR',
  source: { name: 'portolan' },
  code: { value: 'unread-input' },
});
