import type { Edit, Location } from '../text/source.ts';

/** A finding as somebody may have written it. */
interface Told {
  readonly message: unknown;
  readonly field: unknown;
  readonly labels: readonly { readonly at?: Location; readonly message: unknown }[];
  readonly notes?: unknown;
  readonly help?: unknown;
  readonly fixes?: readonly { readonly title: string; readonly edits: readonly Edit[] }[];
}

/**
 * What all that takes a finding relies on, as a rule of a user of the library may not.
 *
 * @throws TypeError that says what is wrong with it
 */
export function assertSound({ message, field, labels, notes = [], help = [], fixes = [] }: Told): void {
  if (typeof message !== 'string' || typeof field !== 'string')
    throw new TypeError('a finding without a message or a field');
  if (!labels.every(({ at }) => isPlace(at))) throw new TypeError('a label that marks no place');
  if (!labels.every((label) => typeof label.message === 'string'))
    throw new TypeError('a label that says nothing');
  if (![notes, help].every(isTexts)) throw new TypeError('notes or help that are no texts');
  for (const { title, edits } of fixes) assertApplicable(title, edits);
}

function assertApplicable(title: string, edits: readonly Edit[]): void {
  if (!Array.isArray(edits) || edits.length === 0) throw new TypeError(`a fix without an edit: ${title}`);
  if (!edits.every(({ at, text }) => isPlace(at) && typeof text === 'string'))
    throw new TypeError(`an edit without a place or a text: ${title}`);
  if (overlap(edits.map(({ at }) => at))) throw new TypeError(`edits that overlap: ${title}`);
}

function overlap(places: readonly Location[]): boolean {
  const ends = new Map<Location['source'], number>();
  return places
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .some(({ source, start, end }) => {
      const before = ends.get(source) ?? 0;
      ends.set(source, Math.max(before, end));
      return start < before;
    });
}

const isTexts = (all: unknown): boolean => Array.isArray(all) && all.every((one) => typeof one === 'string');

const isPlace = (at: Location | undefined): boolean =>
  typeof at?.source?.path === 'string' &&
  // Not read: it may lie in a file.
  'text' in at.source &&
  Number.isInteger(at.start) &&
  Number.isInteger(at.end) &&
  0 <= at.start &&
  at.start <= at.end;
