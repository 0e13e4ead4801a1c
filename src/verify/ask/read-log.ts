import { failed, type Outcome } from '../step/outcome.ts';
import { podPath, type Step } from '../step/step.ts';
import { type Asking, wordsOf } from './asking.ts';

/** Programs say where they listen when they start. */
const MOST_BYTES = 512 * 1024;
/** Why a run ended stands at its end. */
const LAST_LINES = 500;

export async function readLog(
  { pod, container, previous, subject, command }: Extract<Step, { kind: 'log' }>,
  { cluster, now }: Asking,
): Promise<Outcome> {
  try {
    const { status, body } = await cluster.request(`${podPath(pod)}/log`, {
      query: { container, limitBytes: MOST_BYTES, ...(previous ? { previous, tailLines: LAST_LINES } : {}) },
      headers: { accept: '*/*' },
      most: MOST_BYTES,
      cut: true,
    });
    const text = body.toString('utf8');
    if (status !== 200) return failed(refusal(status, text));
    const path = `log of Pod ${pod.namespace}/${pod.name}`;
    return { observations: [{ subject, at: now(), command, what: { kind: 'log', path, text, previous } }] };
  } catch (error) {
    return failed(wordsOf(error));
  }
}

export function refusal(status: number, text: string): string {
  const { message } = parsed(text);
  return typeof message === 'string' ? message : `the server answered ${status}`;
}

function parsed(text: string): { readonly message?: unknown } {
  try {
    return (JSON.parse(text) as { message?: unknown } | null) ?? {};
  } catch {
    return {};
  }
}
