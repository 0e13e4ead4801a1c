import { UsageError } from './usage-error.ts';

const FORMATS = ['text', 'json', 'sarif'] as const;

export interface Output {
  readonly format: (typeof FORMATS)[number];
  /** Undefined or `-`: standard output. */
  readonly file: string | undefined;
}

/** Reads `-o` values: `json`, or `sarif=out.sarif` for a file. One run can write many reports, one of them to standard output. */
export function parseOutputs(values: readonly string[]): Output[] {
  const outputs = (values.length > 0 ? values : ['text']).map((value): Output => {
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    const format = FORMATS.find((known) => known === name);
    if (!format) throw new UsageError(`no output is called \`${name}\`; there are ${FORMATS.join(', ')}`);
    const file = equals < 0 ? undefined : value.slice(equals + 1);
    if (file === '') throw new UsageError(`\`-o ${value}\` names no file after the \`=\``);
    return { format, file };
  });
  if (outputs.filter(({ file }) => file === undefined || file === '-').length > 1) {
    throw new UsageError(
      'only one report can go to standard output; give the others a file, as in `-o sarif=out.sarif`',
    );
  }
  return outputs;
}
