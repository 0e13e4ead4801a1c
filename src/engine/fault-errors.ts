import type { InputError } from '../sources/input-error.ts';
import type { LocatedFault } from '../text/fault.ts';
import { LineStarts } from '../text/source.ts';

/** Faults as errors of the report, each told once: sets share what lies outside their folders. */
export function faultErrors(faults: readonly LocatedFault[]): InputError[] {
  const told = new Map<string, InputError>();
  for (const { at, message, part, name, cause } of faults) {
    const { source, start } = at;
    const key = [source.path, start, message].join('\0');
    if (told.has(key)) continue;
    const place = new LineStarts(source.text).positionOf(start);
    told.set(key, { path: source.path, ...place, message, fault: { part, name, cause } });
  }
  return [...told.values()];
}
