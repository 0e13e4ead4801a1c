import { SEVERITIES } from '../order.ts';
import type { Report, ReportError, ReportFinding } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';
import { codeFrames } from './code-frame.ts';
import { type Context, contextOf, type TextOptions } from './context.ts';
import { drawFinding, headline } from './finding.ts';
import { hints, summaryLine } from './summary.ts';
import { wrap } from './width.ts';

export type { TextOptions } from './context.ts';

/** All findings as code frames, the gravest first, then input that could not be read, then one summary line. */
export function renderText(report: Report, options: TextOptions): string {
  const { quiet = false, drawn } = options;
  const context = contextOf(report, options);
  const findings = SEVERITIES.slice(0, quiet ? 1 : undefined).flatMap((wanted) =>
    report.findings.filter(({ severity, ignored }) => severity === wanted && !ignored),
  );
  const blocks = [
    ...alike(findings).map(([first, ...others]) => {
      const sets = [first, ...others].map(({ set }) => set);
      const draw = (from: Context): string => drawFinding(first, from, sets);
      return drawn && others.length === 0 ? drawn.block(first, context, draw) : draw(context);
    }),
    ...report.errors.map((error) => drawError(error, context)),
    ...(quiet ? [] : drawWrongIgnores(report, context)),
  ];
  return withoutCommands((quiet ? blocks : [...blocks, drawSummary(report, context)]).join('\n'));
}

/** What a base has wrong is wrong in each overlay: told once, as the same lines are to be mended. */
function alike(findings: readonly ReportFinding[]): (readonly [ReportFinding, ...ReportFinding[]])[] {
  const groups: [ReportFinding, ...ReportFinding[]][] = [];
  const byText = new Map<string, typeof groups>();
  for (const finding of findings) {
    const { rule, message, labels, notes, help, fixes } = finding;
    const shown = labels.map(({ location, origin, message: said }) => [origin ?? location, said]);
    const key = JSON.stringify([rule, message, shown, notes, help, fixes]);
    const same = byText.get(key) ?? [];
    byText.set(key, same);
    const group = same.find((one) => one.every(({ set }) => set !== finding.set));
    if (group) group.push(finding);
    else {
      const own: (typeof groups)[number] = [finding];
      same.push(own);
      groups.push(own);
    }
  }
  return groups;
}

function drawError({ path, line, column, message }: ReportError, context: Context): string {
  const { style, sourceOf } = context;
  // What could not be read at all has no text, and so no place within it.
  const source = sourceOf(path);
  const place = source && !source.isEmpty ? `${path}:${line}:${column}` : path;
  const said = path === '' ? message : `${place}: ${message}`;
  const head = headline('error:', said, style.error, context);
  if (place === path) return `${head.join('\n')}\n`;
  const location = { path, line, column, endLine: line, endColumn: column + 1 };
  const frame = codeFrames([{ location, message: '', primary: true }], context, {
    accent: style.error,
    unnamed: true,
  });
  return `${[...head, ...frame].join('\n')}\n`;
}

/** One block for all: each is a line to look at. */
function drawWrongIgnores({ ignores }: Report, context: Context): string[] {
  const lines = ignores.flatMap(({ rule, location, wrong }) => {
    if (wrong === undefined) return [];
    const of = rule === '' ? 'an ignore' : `the ignore of \`${rule}\``;
    return headline(
      'ignore:',
      `${location.path}:${location.line}: ${of}: ${wrong}`,
      context.style.warning,
      context,
    );
  });
  return lines.length === 0 ? [] : [`${lines.join('\n')}\n`];
}

function drawSummary(report: Report, { style, width }: Context): string {
  const lines = hints(report).flatMap((hint) =>
    wrap(sanitizeLine(hint), width - 2).map((line, at) => style.dim(at === 0 ? line : `  ${line}`)),
  );
  return `${[summaryLine(report, style), ...lines].join('\n')}\n`;
}
