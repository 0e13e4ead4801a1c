import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

/** Formats for those who read in a build, on a merge request, on a dashboard. */
export const CI_REPORTS = ['github', 'gitlab', 'junit', 'rdjsonl', 'markdown', 'prometheus'] as const;

/** The formats of `check`. */
export const REPORTS: readonly ('text' | 'json' | 'sarif' | 'html' | (typeof CI_REPORTS)[number])[] = [
  'text',
  'json',
  'sarif',
  'html',
  ...CI_REPORTS,
];

export interface Output<Format extends string> {
  readonly format: Format;
  /** Undefined or `-`: standard output. */
  readonly file: string | undefined;
}

/**
 * Reads `-o` values: `json`, or `sarif=out.sarif` for a file. One run can write many outputs, one of them to standard
 * output.
 *
 * @param formats those that the command has
 * @param usual the one that is written when none is asked for
 * @throws UsageError for a format that the command does not have, a missing file, two for standard output
 */
export function parseOutputs<Format extends string>(
  values: readonly string[],
  formats: readonly Format[],
  usual: NoInfer<Format>,
): Output<Format>[] {
  const outputs = (values.length > 0 ? values : [usual]).map((value): Output<Format> => {
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    const format = formats.find((known) => known === name);
    if (!format) throw new UsageError(`no output is called \`${name}\`; there are ${formats.join(', ')}`);
    const file = equals < 0 ? undefined : value.slice(equals + 1);
    if (file === '') throw new UsageError(`\`-o ${value}\` names no file after the \`=\``);
    return { format, file };
  });
  const [, second] = outputs.filter(({ file }) => file === undefined || file === '-');
  if (second) {
    throw new UsageError(
      `only one output can go to standard output; give the others a file, as in \`-o ${second.format}=FILE\``,
    );
  }
  const files = outputs.flatMap(({ file }) => (file === undefined || file === '-' ? [] : [resolve(file)]));
  const twice = files.find((file, index) => files.indexOf(file) < index);
  if (twice !== undefined) throw new UsageError(`two reports cannot go to one file, ${twice}`);
  return outputs;
}

/**
 * No report takes the place of what it was made from. That of an earlier run may lie among the manifests.
 *
 * @param inputs absolute paths
 * @throws UsageError naming the option
 */
export function spareInputs(outputs: readonly Output<string>[], inputs: ReadonlySet<string>): void {
  for (const { format, file } of outputs) {
    if (file === undefined || file === '-' || !inputs.has(resolve(file)) || isReport(file)) continue;
    throw new UsageError(`\`-o ${format}=${file}\` would take the place of an input; name another file`);
  }
}

const REPORT = /^\s*\{\s*"(?:schema": "portolan\/|\$schema": "[^"]*sarif)/;
const REPORT_STARTS = [
  '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="portolan">',
  '[]\n',
  '[\n  {\n    "description": ',
];

function isReport(file: string): boolean {
  const start = Buffer.alloc(200);
  try {
    const descriptor = openSync(file, 'r');
    try {
      const text = start.toString('latin1', 0, readSync(descriptor, start));
      return REPORT.test(text) || REPORT_STARTS.some((one) => text.startsWith(one));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}
