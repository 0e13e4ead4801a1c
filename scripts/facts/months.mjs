/**
 * What nobody has looked at for so long proves nothing any more. A table of facts is as old as its newest entry, so that
 * one version says the same of the same input for ever.
 */
export const MONTHS = 18;

export function monthsBetween(day, later) {
  const [[year, month], [laterYear, laterMonth]] = [day, later].map((one) => one.split('-').map(Number));
  return (laterYear - year) * 12 + laterMonth - month;
}
