import type { Finding, Fix } from '../../rules/rule.ts';
import { causeWithoutText, type LocatedFault } from '../../text/fault.ts';

/** What a trial came to where following it threw. */
export class FailedTrial {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
}

/** A part of a trial failed by itself: what it would have said is missing, so that there is nothing to judge. */
export class PartFailed extends Error {}

export function trialFault(
  { rule, labels: [{ at }] }: Finding,
  { title }: Fix,
  { thrown }: FailedTrial,
): LocatedFault {
  // What was read may be what only a Secret should hold.
  const cause = thrown instanceof PartFailed ? thrown.message : causeWithoutText(thrown);
  return {
    ...{ part: 'trial', name: rule, cause, at },
    message: `trying a fix of \`${rule}\` failed, so that it is not offered (${title}): ${cause}`,
  };
}
