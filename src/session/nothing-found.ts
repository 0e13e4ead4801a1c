import type { CheckResult } from '../engine/check.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import type { Location } from '../text/source.ts';
import { likelyReason } from './likely-reason.ts';

type Read = Pick<CheckResult, 'sources' | 'foreign' | 'plan' | 'passedBy'> & {
  readonly templates: readonly Location[];
};

/**
 * One error for each path that was named and brought no resource, with the likely reason; nothing for one that has an
 * error already.
 *
 * @param named paths as they are shown; `-` for standard input
 */
export function nothingFound(
  named: readonly string[],
  { sources, foreign, templates, plan = [], passedBy = [] }: Read,
  errors: readonly InputError[],
): InputError[] {
  return [...new Set(named)].flatMap((path) => {
    const isWithin = (file: string): boolean => path === '.' || file === path || file.startsWith(`${path}/`);
    const own = sources.filter(
      ({ source }) => isWithin(source.path) || (source.bundle !== undefined && isWithin(source.bundle.path)),
    );
    if (own.some(({ resources }) => resources > 0) || errors.some((error) => isWithin(error.path))) return [];
    const reason = likelyReason(path, {
      files: own.map(({ source }) => source.path),
      texts: own.map(({ source }) => source.text ?? ''),
      foreign: foreign.filter((one) => isWithin(one.path)).map((one) => one.path),
      templates: templates.filter(({ source }) => isWithin(source.path)).length,
      passedBy: passedBy.filter(({ by }) => isWithin(by)).map(({ by }) => by),
      unbuilt: plan.filter((one) => one.state !== 'built' && isWithin(one.path)),
    });
    return inputError(path, `no Kubernetes object is in it: ${reason}`);
  });
}
