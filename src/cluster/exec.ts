import { openChannels } from './channels.ts';
import type { Upgrade } from './cluster.ts';
import { kept } from './kept.ts';

export type Executed =
  | {
      readonly kind: 'ended';
      /** Undefined where it was ended, as it printed more than is kept. */
      readonly exitCode: number | undefined;
      readonly stdout: string;
      readonly stderr: string;
      /** Whether all of stdout is there. */
      readonly isWhole: boolean;
    }
  /** It did not run, or nobody knows how it ended. */
  | { readonly kind: 'failed'; readonly why: string };

const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
/** What tells why a program does not start is short. */
const MOST_STDERR = 4096;
/** The status comes by a stream of its own, and may pass the last bytes of stdout on the way. */
const AFTER_STATUS_MS = 1_000;

/**
 * Reads what a command in a container prints.
 *
 * @param upgrade `…/pods/NAME/exec?container=…&command=…&stdout=true&stderr=true`
 * @param most bytes of stdout that are kept; more ends it
 */
export async function exec(upgrade: Upgrade, most: number): Promise<Executed> {
  const { WebSocket } = await import('./client-node.ts');
  return new Promise((resolve) => {
    const [stdout, stderr, status] = [kept(most), kept(MOST_STDERR), kept(MOST_STDERR)];
    let grace: NodeJS.Timeout | undefined;
    const channels = openChannels(WebSocket, upgrade, {
      protocols: ['v5.channel.k8s.io', 'v4.channel.k8s.io'],
      onMessage: (channel, bytes) => {
        if (channel === STDOUT && !stdout.add(bytes)) channels.end();
        if (channel === STDERR) stderr.add(bytes);
        if (channel !== STATUS) return;
        status.add(bytes);
        grace ??= setTimeout(() => channels.end(), AFTER_STATUS_MS);
      },
      onEnd: (fault) => {
        clearTimeout(grace);
        resolve(ending(status.text(), fault, !stdout.isWhole()));
      },
    });

    function ending(said: string, fault: string | undefined, isCut: boolean): Executed {
      const read = readStatus(said);
      const all = { stdout: stdout.text(), stderr: stderr.text(), isWhole: !isCut && fault === undefined };
      if (isCut) return { kind: 'ended', exitCode: undefined, ...all };
      if (read === undefined) return { kind: 'failed', why: fault ?? 'the stream ended without a status' };
      return 'why' in read ? { kind: 'failed', ...read } : { kind: 'ended', ...read, ...all };
    }
  });
}

/** A `metav1.Status`: success, an exit code among its causes, or why nothing was started. */
function readStatus(text: string): { exitCode: number } | { why: string } | undefined {
  try {
    const said = JSON.parse(text) as {
      status?: string;
      reason?: string;
      message?: string;
      details?: { causes?: { reason?: string; message?: string }[] };
    } | null;
    if (said?.status === 'Success') return { exitCode: 0 };
    const code = said?.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
    if (said?.reason === 'NonZeroExitCode' && code !== undefined) return { exitCode: Number(code) };
    return typeof said?.message === 'string' ? { why: said.message } : undefined;
  } catch {
    return undefined;
  }
}
