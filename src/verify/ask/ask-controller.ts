import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Answer } from '../../model/observation.ts';
import { asksForTls } from '../../observe/first-bytes.ts';
import type { HttpAnswer } from '../../observe/http-answer.ts';
import { ownStatus } from '../../observe/proxy-answer.ts';
import { whoAnswered } from '../../observe/who-answered.ts';
import { curl } from '../step/curl.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import { type Step, servicePath, type Way } from '../step/step.ts';
import { lastOf, proxied } from './ask-proxy.ts';
import type { Asking } from './asking.ts';

type ControllerStep = Extract<Step, { kind: 'controller' }>;

const MOST_BYTES = 8 * 1024;

/**
 * A route as its clients ask for it; the application is asked for the same without the controller, to know who answered.
 * A controller that knows no such route with TLS is asked without: it may serve the class, and not with TLS.
 */
export async function askController(step: ControllerStep, asking: Asking): Promise<Outcome> {
  const outcome = await askOnce(step, asking);
  const { plain } = step;
  const isUnknown = outcome.observations.some(
    ({ what }) =>
      what.kind === 'connection' &&
      what.answer.kind === 'http' &&
      what.answer.by === 'controller' &&
      what.answer.status === 404,
  );
  if (!plain || !isUnknown) return outcome;
  const way: Way = { ...step, tls: false, port: 80, address: plain, plain: undefined };
  const second = await askOnce({ ...step, ...way, command: curl(way) }, asking);
  return { ...outcome, observations: [...outcome.observations, ...second.observations] };
}

async function askOnce(step: ControllerStep, asking: Asking): Promise<Outcome> {
  const came = await ask(step, asking);
  if ('why' in came) return failed(came.why);
  const answer = 'answer' in came ? came.answer : await told(came.http, step, asking);
  const { subject, command, port, host, path } = step;
  return {
    observations: [
      {
        subject,
        at: asking.now(),
        command,
        what: { kind: 'connection', dialled: 'controller', port, protocol: 'TCP', host, path, answer },
      },
    ],
  };
}

async function told(http: HttpAnswer, { behind, path }: ControllerStep, asking: Asking): Promise<Answer> {
  if (asksForTls(http.status, http.body)) return { kind: 'tls' };
  const direct = behind && (await proxied(servicePath({ ...behind, path }), asking));
  const isFromBehind = typeof direct === 'object' && ownStatus(direct) === undefined;
  const { by } = whoAnswered(http, isFromBehind ? direct : undefined);
  return { kind: 'http', status: http.status, by };
}

type Came = { readonly http: HttpAnswer } | { readonly answer: Answer } | { readonly why: string };

const REFUSALS: ReadonlySet<string | undefined> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

function ask(
  { tls, address, asked, path }: ControllerStep,
  { timeoutMs, signal }: Pick<Asking, 'timeoutMs' | 'signal'>,
): Promise<Came> {
  return new Promise((resolve) => {
    const late = AbortSignal.timeout(timeoutMs);
    const request = (tls ? httpsRequest : httpRequest)({
      host: address.host,
      port: address.port,
      path: encodeURI(path),
      method: 'GET',
      headers: { host: asked, accept: '*/*', 'user-agent': 'portolan-verify' },
      // Whether clients believe the certificate is not what is asked here.
      ...(tls ? { servername: asked, rejectUnauthorized: false } : {}),
      agent: false,
      signal: AbortSignal.any([late, signal]),
    });
    request.on('response', (response) => void read(response).then((http) => resolve({ http })));
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (late.aborted) resolve({ answer: { kind: 'timeout' } });
      else if (REFUSALS.has(error.code)) resolve({ answer: { kind: 'refused' } });
      else if (error.code?.startsWith('HPE_') || error.code === 'ECONNRESET')
        resolve({ answer: { kind: 'tcp' } });
      else resolve({ why: error.message });
    });
    request.end();
  });
}

/** As much of it as tells who speaks, whatever becomes of the rest. */
async function read(response: IncomingMessage): Promise<HttpAnswer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      pieces.push(piece);
      size += piece.length;
      if (size > MOST_BYTES) break;
    }
  } catch {
    // Cut off on the way: the status was there.
  }
  response.destroy();
  const body = Buffer.concat(pieces).subarray(0, MOST_BYTES).toString('utf8');
  return { status: response.statusCode ?? 0, headers: lastOf(response.headers), body };
}
