export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Replaces each range by its text. Edits come in any order; insertions at one place keep theirs. Throws a RangeError
 * for a range outside the text and for two that overlap.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let edited = '';
  let done = 0;
  for (const { start, end, text: replacement } of ordered) {
    if (start < 0 || start > end || end > text.length) {
      throw new RangeError(
        `the edit ${start}..${end} does not lie within the text of ${text.length} characters`,
      );
    }
    if (start < done) {
      throw new RangeError(`the edit ${start}..${end} overlaps the one before it, which ends at ${done}`);
    }
    edited += text.slice(done, start) + replacement;
    done = end;
  }
  return edited + text.slice(done);
}
