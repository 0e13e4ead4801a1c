import { exec } from '../../cluster/exec.ts';
import { readProcNet } from '../../observe/proc-net.ts';
import { failed, type Outcome } from '../step/outcome.ts';
import { PROC_NET, podPath, type Step } from '../step/step.ts';
import { type Asking, wordsOf } from './asking.ts';
import { socketsByEphemeral } from './ephemeral.ts';

type SocketsStep = Extract<Step, { kind: 'sockets' }>;

/** 150 bytes for each connection: a Pod with 50,000 of them fits. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The containers of a Pod share its network, so any that has `cat` will do. */
export async function readSockets(step: SocketsStep, asking: Asking): Promise<Outcome> {
  const { pod, subject, command } = step;
  const faults: string[] = [];
  for (const container of pod.running) {
    const read = await execCat(step, container, asking);
    if ('why' in read) {
      faults.push(`container ${container}: ${read.why}`);
      continue;
    }
    const shown =
      container === pod.running[0] ? command : command.replace(` -c ${pod.running[0]} `, ` -c ${container} `);
    return { observations: [{ subject, at: asking.now(), command: shown, what: read.sockets }] };
  }
  if (asking.ephemeral) return socketsByEphemeral(step, asking);
  return failed(`${faults.join('; ')}; a container that has \`cat\` is started beside it with --ephemeral`);
}

/** In the words of runc and crun. */
const NO_CAT = /executable file not found|exec: "cat"|no such file or directory/i;

type Read = { readonly sockets: NonNullable<ReturnType<typeof readProcNet>> } | { readonly why: string };

async function execCat({ pod }: SocketsStep, container: string, { cluster }: Asking): Promise<Read> {
  try {
    const query = { container, command: ['cat', ...PROC_NET], stdout: true, stderr: true };
    const upgrade = await cluster.upgrade(`${podPath(pod)}/exec`, query);
    const ended = await cluster.inTurn(() => exec(upgrade, MOST_BYTES));
    if (ended.kind === 'failed') return { why: NO_CAT.test(ended.why) ? 'it has no `cat`' : ended.why };
    const sockets = readProcNet(ended.stdout, ended.isWhole);
    return sockets
      ? { sockets }
      : { why: `\`cat\` listed nothing${ended.stderr ? `: ${ended.stderr.trim()}` : ''}` };
  } catch (error) {
    return { why: wordsOf(error) };
  }
}
