import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Forwarded } from '../../cluster/port-forward.ts';
import type { Answer } from '../../model/observation.ts';
import { MOST, speaks } from '../../observe/first-bytes.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import { podPath, type Step } from '../step/step.ts';
import { connection } from './ask-proxy.ts';
import type { Asking } from './asking.ts';

/** Servers of mail, databases and the like speak first. */
const FIRST_WORD_MS = 300;
/** That the server closed its end does not come through. */
const SILENCE_MS = 1_500;
const REQUEST =
  'GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: portolan-verify\r\nConnection: close\r\n\r\n';

/** Localhost in the Pod, as a port-forward dials it. */
export async function askLocalhost(
  step: Extract<Step, { kind: 'localhost' }>,
  asking: Asking,
): Promise<Outcome> {
  const first = await dial(step, asking, () => Promise.resolve(Buffer.from(REQUEST)));
  if ('why' in first) return failed(first.why);
  // Some servers of TLS say nothing to who speaks without.
  const isSilent = !first.isRefused && first.bytes.length === 0;
  const second = isSilent ? await dial(step, asking, clientHello) : first;
  const bytes = 'why' in second ? first.bytes : second.bytes;
  const answer: Answer = first.isRefused ? { kind: 'refused' } : speaks(bytes);
  return { observations: [connection(step, 'localhost', answer, asking)] };
}

interface Dialled {
  readonly bytes: Buffer;
  readonly isRefused: boolean;
}

/** In the words of the node's own dialler: `dial tcp4 127.0.0.1:80: connect: connection refused`. */
const REFUSED = /connection refused|failed to connect to localhost/i;

async function dial(
  { pod, port }: Extract<Step, { kind: 'localhost' }>,
  { cluster, timeoutMs }: Asking,
  words: () => Promise<Buffer>,
): Promise<Dialled | { readonly why: string }> {
  const upgrade = await cluster.upgrade(`${podPath(pod)}/portforward`, { ports: port });
  const stream = await Forwarded.open({ ...upgrade, timeoutMs: timeoutMs + 1_000 });
  return cluster.inTurn(
    () =>
      new Promise((resolve) => {
        const pieces: Buffer[] = [];
        let isOpen = false;
        const done = (fault?: string): void => {
          clearTimeout(silence);
          clearTimeout(greeting);
          stream.destroy();
          const isRefused = fault !== undefined && REFUSED.test(fault);
          if (fault !== undefined && !isRefused && !isOpen) resolve({ why: fault });
          else resolve({ bytes: Buffer.concat(pieces), isRefused });
        };
        let silence = setTimeout(() => done('no answer in time'), timeoutMs);
        let greeting: NodeJS.Timeout | undefined;
        stream.on('open', () => {
          isOpen = true;
          clearTimeout(silence);
          silence = setTimeout(done, FIRST_WORD_MS + SILENCE_MS);
          greeting = setTimeout(() => void words().then((bytes) => stream.write(bytes)), FIRST_WORD_MS);
        });
        stream.on('data', (bytes: Buffer) => {
          pieces.push(bytes);
          // A little more may follow at once: the reason of a refusal stands in the body.
          setTimeout(done, pieces.length * bytes.length > MOST ? 0 : FIRST_WORD_MS);
        });
        stream.on('end', () => done());
        stream.on('error', ({ message }) => done(message));
        stream.on('close', () => done());
      }),
  );
}

/** The first bytes of a client of TLS. */
function clientHello(): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => {},
      write: (bytes: Buffer, _encoding, done) => {
        resolve(bytes);
        done();
      },
    });
    const socket = connectTls({ socket: wire, servername: 'localhost', rejectUnauthorized: false });
    socket.on('error', () => {});
  });
}
