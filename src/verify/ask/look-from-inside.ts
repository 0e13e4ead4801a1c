import type { Observation } from '../../model/observation.ts';
import { insideScript, readInside } from '../../observe/inside-script.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import type { Step } from '../step/step.ts';
import { type Asking, wordsOf } from './asking.ts';
import { runPod } from './short-lived-pod.ts';

/** To pull the image and start. */
const START_MS = 60_000;
/** Beside the time for a connection, a server may say something. */
const ANSWER_MS = 2_000;

/** What a client in the cluster meets: names, Services' addresses, Pods. */
export async function lookFromInside(
  { namespace, dials }: Extract<Step, { kind: 'inside' }>,
  { keeper, image, signal, now, timeoutMs }: Asking,
): Promise<Outcome> {
  try {
    const text = await runPod(keeper, {
      namespace,
      image,
      signal,
      timeoutMs: START_MS + dials.length * (timeoutMs + ANSWER_MS),
      command: [
        'sh',
        '-c',
        insideScript(Math.max(1, Math.floor(timeoutMs / 1000) - 1)),
        'look',
        ...dials.flatMap(({ host, port }) => [host, String(port)]),
      ],
    });
    const { answers, isWhole } = readInside(text, dials.length);
    const unnamed = dials.filter((_, index) => answers[index] === 'no-name').map(({ host }) => host);
    const observations = dials.flatMap(({ subject, command, dialled, port }, index): Observation[] => {
      const answer = answers[index];
      if (answer === undefined || answer === 'no-name') return [];
      return [
        {
          subject,
          at: now(),
          command,
          what: { kind: 'connection', dialled, port, protocol: 'TCP', from: 'pod', answer },
        },
      ];
    });
    const faults = [
      ...(unnamed.length > 0 ? [`no name ${[...new Set(unnamed)].join(', ')} in the cluster's DNS`] : []),
      ...(isWhole ? [] : ['the Pod did not dial all that it was to']),
    ];
    return { observations, ...(faults.length > 0 ? { fault: faults.join('; ') } : {}) };
  } catch (error) {
    return failed(wordsOf(error));
  }
}
