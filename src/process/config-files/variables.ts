import type { ConfigSurroundings } from './config-file.ts';

/** Stands for a value that the input does not hold, inside a text; no configuration can hold this character. */
export const UNKNOWN_VALUE = '\0';
/** Stands for the Pod's own address. */
export const POD_IP = '\x01';

/** A variable as a text: its value, `whenUnset`, or one of the marks above. */
export function fillVariable(
  around: ConfigSurroundings | undefined,
  name: string,
  whenUnset: string,
): string {
  const found = around?.variable(name) ?? { kind: 'unknown' };
  if (found.kind === 'value') return found.value;
  if (found.kind === 'unset') return whenUnset;
  return found.kind === 'pod-ip' ? POD_IP : UNKNOWN_VALUE;
}
