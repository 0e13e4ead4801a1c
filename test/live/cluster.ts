import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Report } from '../../src/report/report.ts';

/** A cluster that tests may use, in namespaces of their own; undefined where there is none. */
export const kubeconfig: string | undefined = process.env.PORTOLAN_TEST_KUBECONFIG;
export const because: string = kubeconfig ? '' : ' (not run: PORTOLAN_TEST_KUBECONFIG names no cluster)';

const bin = resolve(import.meta.dirname, '../../bin/portolan.cjs');

/** Where the cluster's controller of routes listens. */
export const CONTROLLER: string = process.env.PORTOLAN_TEST_CONTROLLER ?? '127.0.0.1:18080';
/** Where it listens with TLS. */
export const CONTROLLER_TLS: string = process.env.PORTOLAN_TEST_CONTROLLER_TLS ?? '127.0.0.1:18443';

/** A command that runs another on a node, with this machine's files: what clients that reach nodes meet. */
export const NODE: string | undefined = process.env.PORTOLAN_TEST_NODE;

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

const program = process.env.PORTOLAN_TEST_KUBECTL ?? 'kubectl';

function kubectl(args: readonly string[], input = ''): Ran {
  return spawnSync(program, ['--kubeconfig', kubeconfig!, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
  });
}

/** What kubectl prints; an error where it fails. */
export function asked(args: readonly string[], input = ''): string {
  const { stdout, stderr, status } = kubectl(args, input);
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Calls back once when the first object of a kind and label is there; told by the API server, as it may be gone soon. */
export function whenThere(namespace: string, kind: string, label: string, then: () => void): () => void {
  const watch = spawn(
    program,
    ['--kubeconfig', kubeconfig!, '-n', namespace, 'get', kind, '-l', label, '-o', 'name', '--watch'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  watch.stdout.once('data', then);
  return () => void watch.kill();
}

/** A namespace that no other run has; `remove` deletes it, and does not wait. */
export function ownNamespace(name: string): { readonly namespace: string; readonly remove: () => void } {
  const namespace = `${name}-${randomBytes(3).toString('hex')}`;
  asked(['create', 'namespace', namespace]);
  return { namespace, remove: () => void kubectl(['delete', 'namespace', namespace, '--wait=false']) };
}

/** Runs portolan against the cluster, in a folder with these files; `report` is what it wrote to `report.json` there. */
export async function portolan(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
  onStart: (child: ChildProcess) => void = () => {},
): Promise<Ran & { readonly report: Report | undefined }> {
  const cwd = mkdtempSync(join(tmpdir(), 'portolan-live-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
    const env = { ...process.env, KUBECONFIG: kubeconfig, NO_COLOR: '1' };
    const child = spawn(process.execPath, [bin, ...args], { cwd, env });
    onStart(child);
    const [stdout, stderr, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((done) => child.on('close', done)),
    ]);
    const written = join(cwd, 'report.json');
    const report = existsSync(written) ? (JSON.parse(readFileSync(written, 'utf8')) as Report) : undefined;
    return { stdout, stderr, status, report };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** The same on a node of the cluster, without files. */
export const portolanOnNode = (args: readonly string[]): Ran =>
  spawnSync(NODE!, [process.execPath, bin, ...args], {
    encoding: 'utf8',
    env: { ...process.env, KUBECONFIG: kubeconfig, NO_COLOR: '1' },
    maxBuffer: 1 << 28,
  });

/** Waits until every Pod of a namespace runs, or has had its time; whether they are ready is another question. */
export async function untilRunning(namespace: string, seconds = 60): Promise<void> {
  for (let left = seconds; left > 0; left -= 1) {
    const phases = asked(['-n', namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].status.phase}'])
      .split(' ')
      .filter(Boolean);
    const wanted = asked(['-n', namespace, 'get', 'deploy', '-o', 'jsonpath={.items[*].metadata.name}'])
      .split(' ')
      .filter(Boolean).length;
    if (phases.length >= wanted && phases.every((phase) => phase === 'Running')) return;
    await pause(1_500);
  }
  throw new Error(`the Pods of ${namespace} do not run`);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
