/** More would not fit beside a port. */
const MOST = 5;

/** What there is, each once; undefined where there is nothing. */
export function listed(values: readonly string[]): string | undefined {
  const all = [...new Set(values)];
  if (all.length === 0) return undefined;
  return [...all.slice(0, MOST), ...(all.length > MOST ? ['…'] : [])].join(', ');
}
