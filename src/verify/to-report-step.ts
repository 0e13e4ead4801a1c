import type { ReportStep } from '../report/report.ts';
import { hideInWords } from '../text/secrets/hide-in-words.ts';
import type { Done } from './run-steps.ts';
import { requestsOf, sayStep } from './step/step.ts';

/** Servers word faults, and may put anything into them. */
const LONGEST_FAULT = 400;

export function toReportStep({ step, fault, observations }: Done): ReportStep {
  const reason = fault && hideInWords(fault).replace(/\s+/g, ' ').slice(0, LONGEST_FAULT);
  return {
    says: sayStep(step),
    requests: requestsOf(step),
    command: step.command,
    state: observations.length > 0 ? 'done' : 'failed',
    ...(reason === undefined ? {} : { reason }),
  };
}

export const toLeftOut = (why: string): ReportStep => ({
  says: hideInWords(why),
  requests: [],
  command: '',
  state: 'left-out',
});
