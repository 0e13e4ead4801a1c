import { at, type Json, listAt, textAt } from '../../cluster/json.ts';
import { readProcNet } from '../../observe/proc-net.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import { PROC_NET, podPath, type Step } from '../step/step.ts';
import { type Asking, wordsOf } from './asking.ts';
import { refusal } from './read-log.ts';

const START_MS = 60_000;
const LOOK_EVERY_MS = 250;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * A container that is started beside those of a Pod, shares their network, prints its sockets and ends. It stays in the
 * Pod's record for as long as the Pod is there: nothing removes it.
 */
export async function socketsByEphemeral(
  { pod, subject }: Extract<Step, { kind: 'sockets' }>,
  { cluster, image, signal, now }: Asking,
): Promise<Outcome> {
  const name = `portolan-verify-${Date.now().toString(36)}`;
  const path = podPath(pod);
  try {
    const made = await cluster.request(`${path}/ephemeralcontainers`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      body: { spec: { ephemeralContainers: [{ name, image, command: ['cat', ...PROC_NET] }] } },
    });
    if (made.status !== 200) return failed(refusal(made.status, made.body.toString('utf8')));
    const until = Date.now() + START_MS;
    for (;;) {
      const state = stateOf(await cluster.get(path), name);
      if (at(state, 'terminated') !== undefined) break;
      if (signal.aborted) return failed('it was stopped');
      if (Date.now() > until)
        return failed(`container ${name} did not end: ${textAt(state, 'waiting', 'reason')}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    const log = await cluster.request(`${path}/log`, {
      query: { container: name },
      most: MOST_BYTES,
      cut: true,
    });
    const sockets = readProcNet(log.body.toString('utf8'), !log.isCut);
    if (!sockets) return failed(`container ${name} listed nothing`);
    const command = `kubectl -n ${pod.namespace} debug ${pod.name} -it --image=${image} -- cat ${PROC_NET.join(' ')}`;
    return { observations: [{ subject, at: now(), command, what: sockets }] };
  } catch (error) {
    return failed(wordsOf(error));
  }
}

const stateOf = (pod: Json, name: string): Json | undefined =>
  at(
    listAt(pod, 'status', 'ephemeralContainerStatuses').find((one) => textAt(one, 'name') === name),
    'state',
  );
