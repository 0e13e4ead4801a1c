const UNITS = [
  [60, 1, 's'],
  [3600, 60, 'min'],
  [2 * 86_400, 3600, 'h'],
  [Number.POSITIVE_INFINITY, 86_400, 'days'],
] as const;

/** How long ago that was, in one unit: `12 s ago`, `3 h ago`; nothing where it cannot be told. */
export function ageOf(at: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(at)) / 1000);
  // Clocks differ by a little.
  if (Number.isNaN(seconds) || seconds < -60) return '';
  const [, size, unit] = UNITS.find(([below]) => seconds < below)!;
  return `${Math.max(0, Math.floor(seconds / size))} ${unit} ago`;
}

/** A note that says when something was seen, with its age. */
export const withAge = (note: string, now: number | undefined): string =>
  note.replace(/^seen at (\S{10,40})$/, (all, at: string) => {
    const age = now === undefined ? '' : ageOf(at, now);
    return age === '' ? all : `${all}, ${age}`;
  });
