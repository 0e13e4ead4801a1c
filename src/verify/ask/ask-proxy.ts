import type { Answer as ClusterAnswer } from '../../cluster/cluster.ts';
import { isServerBusy, withBackOff } from '../../cluster/http/back-off.ts';
import type { Answer, SeenConnection } from '../../model/observation.ts';
import type { HttpAnswer } from '../../observe/http-answer.ts';
import { readProxied } from '../../observe/proxy-answer.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import { podPath, type Step, servicePath } from '../step/step.ts';
import { type Asking, inTime, wordsOf } from './asking.ts';

/** Enough of a body to tell who speaks. */
const MOST_BYTES = 8 * 1024;

/** A Pod's address, or a Service, as the API server's proxy dials it. */
export async function askProxy(
  step: Extract<Step, { kind: 'pod' | 'service' }>,
  asking: Asking,
): Promise<Outcome> {
  const path = step.kind === 'pod' ? `${podPath(step.pod)}:${step.port}/proxy/` : servicePath(step);
  const answer = await proxied(path, asking);
  if (typeof answer === 'string') return failed(answer);
  const read = answer === undefined ? TIMEOUT : readProxied(answer);
  if (read.kind === 'unknown') return failed(read.why);
  return { observations: [connection(step, step.kind, read.answer, asking)] };
}

const TIMEOUT = { kind: 'answer', answer: { kind: 'timeout' } } as const;

export const connection = (
  step: Exclude<Extract<Step, { port: number }>, { kind: 'controller' }>,
  dialled: SeenConnection['dialled'],
  answer: Answer,
  { now }: Pick<Asking, 'now'>,
): Outcome['observations'][number] => {
  const { subject, command, port } = step;
  const where = step.kind === 'outside' ? { address: step.address, behind: step.behind } : {};
  const what = { kind: 'connection', dialled, port, protocol: 'TCP', ...where, answer } as const;
  return { subject, at: now(), command, what };
};

/** @returns undefined where nothing came in time, a text where the API server cannot be asked */
export async function proxied(
  path: string,
  { cluster, timeoutMs, signal }: Asking,
): Promise<HttpAnswer | undefined | string> {
  const ask = (): Promise<ClusterAnswer | undefined> =>
    inTime(
      cluster.request(path, {
        headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'portolan-verify' },
        most: MOST_BYTES,
        cut: true,
        timeoutMs: timeoutMs + 1_000,
      }),
      timeoutMs,
      undefined,
    );
  try {
    const answer = await withBackOff(ask, signal, isServerBusy);
    if (answer && isServerBusy(answer)) return 'the API server takes no more requests for now (429)';
    return (
      answer && { status: answer.status, headers: lastOf(answer.headers), body: answer.body.toString('utf8') }
    );
  } catch (error) {
    return wordsOf(error);
  }
}

export const lastOf = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): HttpAnswer['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : value?.at(-1)]),
  );
