import { Forwarded } from '../../cluster/port-forward.ts';
import { speaks } from '../../observe/first-bytes.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import { podPath, type Step } from '../step/step.ts';
import { connection } from './ask-proxy.ts';
import type { Asking } from './asking.ts';
import { hear } from './hear.ts';

/** Localhost in the Pod, as a port-forward dials it. */
export async function askLocalhost(
  step: Extract<Step, { kind: 'localhost' }>,
  asking: Asking,
): Promise<Outcome> {
  const { cluster, timeoutMs } = asking;
  const dial = async (): Promise<Forwarded> => {
    const upgrade = await cluster.upgrade(`${podPath(step.pod)}/portforward`, { ports: step.port });
    return Forwarded.open({ ...upgrade, timeoutMs: timeoutMs + 1_000 });
  };
  const { bytes, isOpen, isRefused, fault } = await hear(dial, { opens: 'open', host: 'localhost' }, asking);
  if (fault !== undefined && !isRefused && !isOpen) return failed(fault);
  const answer = isRefused ? ({ kind: 'refused' } as const) : speaks(bytes);
  return { observations: [connection(step, 'localhost', answer, asking)] };
}
