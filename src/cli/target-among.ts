import { existsSync } from 'node:fs';
import { parseTarget } from '../report/trace/target.ts';

/** The first argument is the target, unless it is a file or folder. */
export function targetAmong(
  given: readonly string[],
): [target: string | undefined, paths: readonly string[]] {
  const [first, ...rest] = given;
  if (first === undefined || first === '-' || existsSync(first) || !parseTarget(first))
    return [undefined, given];
  return [first, rest];
}
