import { UsageError } from './usage-error.ts';

/** The formats of `check`. */
export const REPORTS = ['text', 'json', 'sarif'] as const;

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
  if (outputs.filter(({ file }) => file === undefined || file === '-').length > 1) {
    throw new UsageError(
      `only one output can go to standard output; give the others a file, as in \`-o ${formats.at(-1)}=FILE\``,
    );
  }
  return outputs;
}
