import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { MOST } from '../../observe/first-bytes.ts';
import type { Asking } from './asking.ts';

/** Servers of mail, databases and the like speak first. */
const FIRST_WORD_MS = 300;
/** That the server closed its end does not come through a port-forward. */
const SILENCE_MS = 1_500;

/** What came back over a connection that was greeted with HTTP, or with TLS where that was met with silence. */
export interface Heard {
  /** None where the connection was taken and nothing said. */
  readonly bytes: Buffer;
  readonly isOpen: boolean;
  readonly isRefused: boolean;
  /** Why it was not opened, or broke off. */
  readonly fault: string | undefined;
}

/** In the words of Node, and of a node's own dialler: `dial tcp4 127.0.0.1:80: connect: connection refused`. */
const REFUSED = /ECONNREFUSED|connection refused|failed to connect to localhost/i;

/**
 * @param dial begins a connection
 * @param opens the event that tells that it is there
 * @param host of the request
 */
export async function hear(
  dial: () => Promise<Duplex>,
  { opens, host }: { readonly opens: 'open' | 'connect'; readonly host: string },
  { cluster, timeoutMs }: Pick<Asking, 'cluster' | 'timeoutMs'>,
): Promise<Heard> {
  const once = async (words: () => Promise<Buffer>): Promise<Heard> => {
    const stream = await dial();
    return cluster.inTurn(() => greet(stream, opens, words, timeoutMs));
  };
  const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: portolan-verify\r\nConnection: close\r\n\r\n`;
  const first = await once(() => Promise.resolve(Buffer.from(request)));
  // Some servers of TLS say nothing to who speaks without.
  const isSilent = first.isOpen && !first.isRefused && first.bytes.length === 0;
  return isSilent ? { ...first, bytes: (await once(clientHello)).bytes } : first;
}

function greet(
  stream: Duplex,
  opens: 'open' | 'connect',
  words: () => Promise<Buffer>,
  timeoutMs: number,
): Promise<Heard> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let isOpen = false;
    const done = (fault?: string): void => {
      clearTimeout(silence);
      clearTimeout(greeting);
      stream.destroy();
      const isRefused = fault !== undefined && REFUSED.test(fault);
      resolve({ bytes: Buffer.concat(pieces), isOpen, isRefused, fault });
    };
    let silence = setTimeout(() => done(NO_ANSWER), timeoutMs);
    let greeting: NodeJS.Timeout | undefined;
    stream.on(opens, () => {
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
  });
}

/** The fault of what is not opened in time. */
export const NO_ANSWER = 'no answer in time';

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
