import { askController } from './ask/ask-controller.ts';
import { askLocalhost } from './ask/ask-localhost.ts';
import { askOutside } from './ask/ask-outside.ts';
import { askProxy } from './ask/ask-proxy.ts';
import { type Asking, wordsOf } from './ask/asking.ts';
import { lookFromInside } from './ask/look-from-inside.ts';
import { readLog } from './ask/read-log.ts';
import { readSockets } from './ask/read-sockets.ts';
import { failed, type Outcome } from './step/outcome.ts';
import type { Step } from './step/step.ts';

export interface Done extends Outcome {
  readonly step: Step;
}

export interface Running extends Asking {
  readonly parallel: number;
  /** Called before each step. */
  readonly onStep: (step: Step) => void;
}

/** Does the steps, never more than so many at once; each ends in time, and none that fails keeps others from being done. */
export async function runSteps(steps: readonly Step[], running: Running): Promise<Done[]> {
  const done: Done[] = [];
  const waiting = steps.entries();
  const worker = async (): Promise<void> => {
    for (const [index, step] of waiting) {
      if (running.signal.aborted) return;
      running.onStep(step);
      done[index] = { step, ...(await attempt(step, running)) };
    }
  };
  await Promise.all(Array.from({ length: running.parallel }, worker));
  return done.filter((one) => one !== undefined);
}

async function attempt(step: Step, asking: Asking): Promise<Outcome> {
  try {
    return await doStep(step, asking);
  } catch (error) {
    return failed(wordsOf(error));
  }
}

function doStep(step: Step, asking: Asking): Promise<Outcome> {
  switch (step.kind) {
    case 'log':
      return readLog(step, asking);
    case 'sockets':
      return readSockets(step, asking);
    case 'pod':
    case 'service':
      return askProxy(step, asking);
    case 'localhost':
      return askLocalhost(step, asking);
    case 'controller':
      return askController(step, asking);
    case 'outside':
      return askOutside(step, asking);
    case 'inside':
      return lookFromInside(step, asking);
  }
}
