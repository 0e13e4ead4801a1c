import { connect } from 'node:net';
import { speaks } from '../../observe/first-bytes.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import type { Step } from '../step/step.ts';
import { connection } from './ask-proxy.ts';
import type { Asking } from './asking.ts';
import { hear, NO_ANSWER } from './hear.ts';

/** A port of a node or a load balancer, dialled from where this runs. */
export async function askOutside(step: Extract<Step, { kind: 'outside' }>, asking: Asking): Promise<Outcome> {
  const { dialled, address, port, doubt } = step;
  const dial = async () => connect({ host: address, port });
  const { bytes, isOpen, isRefused, fault } = await hear(dial, { opens: 'connect', host: address }, asking);
  if (isOpen) return { observations: [connection(step, dialled, speaks(bytes), asking)] };
  const kind = isRefused ? 'refused' : fault === NO_ANSWER ? 'timeout' : undefined;
  if (kind === undefined || doubt?.of.includes(kind))
    return failed([fault ?? 'closed before it was open', ...(doubt ? [doubt.why] : [])].join(': '));
  return { observations: [connection(step, dialled, { kind }, asking)] };
}
