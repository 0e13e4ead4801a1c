import type { Location } from '../text/source.ts';
import type { Answer, Backend } from './route.ts';

/** A rule that hands requests to nobody, in the place of its backends. */
export const answering = (answer: Answer, at: Location, field: string): Backend => ({
  service: undefined,
  resource: undefined,
  portNumber: undefined,
  portName: undefined,
  portNameKeyAt: undefined,
  answer,
  field,
  at,
});

/** What stands in for the backends of a rule that has some, and gives none of them a share; nothing for any other. */
export function withoutShare(backends: readonly Backend[], field: string): Backend[] {
  const [first, ...others] = backends.filter(({ role }) => role === undefined);
  const weight = first?.weight;
  if (!weight || [first, ...others].some((one) => one.weight?.value !== 0)) return [];
  return [answering({ by: 'nobody', why: 'no-share' }, weight.at, field)];
}
