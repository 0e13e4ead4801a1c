import type { Limit } from '../model/budget.ts';
import type { InputError } from '../sources/input-error.ts';
import type { LocatedFault } from '../text/fault.ts';
import { LineStarts, type SourceFile } from '../text/source.ts';

/** Faults as errors of the report. */
export const faultErrors = (faults: readonly LocatedFault[]): InputError[] =>
  toldOnce(faults, ({ part, name, cause }) => ({ fault: { part, name, cause } }));

/** What was left out of an input that asks for more than there is time for: the input is to blame. */
export const limitErrors = (limits: readonly Limit[]): InputError[] => toldOnce(limits, () => ({}));

/** Sets share what lies outside their folders. */
function toldOnce<T extends Limit>(
  all: readonly T[],
  more: (one: T) => Pick<InputError, 'fault'>,
): InputError[] {
  const told = new Map<string, InputError>();
  // Many may lie in one text, whose lines are looked at once.
  const lines = new Map<SourceFile, LineStarts>();
  for (const one of all) {
    const { source, start } = one.at;
    const key = [source.path, start, one.message].join('\0');
    if (told.has(key)) continue;
    const starts = lines.get(source) ?? new LineStarts(source.text);
    lines.set(source, starts);
    const place = starts.positionOf(start);
    told.set(key, { path: source.path, ...place, message: one.message, ...more(one) });
  }
  return [...told.values()];
}
