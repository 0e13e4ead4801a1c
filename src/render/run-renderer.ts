import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { onLeash, putOnLeash } from './leash.ts';
import type { Renderer } from './renderers.ts';

/** What a renderer printed, or why it did not. */
export type Printed =
  | { readonly text: string }
  | { readonly refused: string }
  /** It could not do its work, whatever it was given. */
  | { readonly failed: string };

export interface Limits {
  readonly milliseconds: number;
  readonly bytes: number;
}

export const LIMITS: Limits = { milliseconds: 60_000, bytes: 64 * 1024 * 1024 };

const MOST_WORDS = 64 * 1024;

/** Started and not yet ended: they go when portolan is told to go. */
const running = new Set<ChildProcess>();

/** Ends every renderer that still runs. */
export function endRenderers(): void {
  for (const one of running) one.kill('SIGKILL');
}

/**
 * They run for some tenths of a second, and clearing their memory takes up to a third of that. So most never do; those
 * that want more than this keep to it (Go's `runtime`, environment variables).
 */
const SHORT_LIVED = { GOGC: '1600', GOMEMLIMIT: '512MiB' };

/**
 * What a renderer is given of the environment: no cluster, no home, no plugins, no program that it could start, and a
 * proxy where nothing listens, unless the user wants it to fetch.
 *
 * @param home a folder for what it wants to keep
 */
export function rendererEnv(env: NodeJS.ProcessEnv, home: string, allowRemote: boolean): NodeJS.ProcessEnv {
  if (allowRemote) return { ...env, KUBECONFIG: devNull };
  const closed = 'http://127.0.0.1:9';
  return {
    PATH: '',
    HOME: home,
    TMPDIR: home,
    ...(env.SystemRoot === undefined ? {} : { SystemRoot: env.SystemRoot }),
    KUBECONFIG: devNull,
    HTTP_PROXY: closed,
    HTTPS_PROXY: closed,
    ALL_PROXY: closed,
    NO_PROXY: '',
    ...SHORT_LIVED,
    HELM_PLUGINS: home,
    HELM_CACHE_HOME: home,
    HELM_CONFIG_HOME: home,
    HELM_DATA_HOME: home,
  };
}

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Standard input; empty when left out. */
  readonly input?: string | undefined;
  readonly limits?: Limits;
}

/** Never throws. Output beyond the limit, or a run beyond its time, ends it. */
export function runRenderer(
  { file, args, name }: Renderer,
  more: readonly string[],
  { env, cwd, input = '', limits = LIMITS }: RunOptions,
): Promise<Printed> {
  return new Promise((done) => {
    const child = spawn(file, [...args, ...more], {
      env,
      cwd,
      stdio: [input === '' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const letGo = putOnLeash(child);
    running.add(child);
    // It need not read what it is given.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    const out: Buffer[] = [];
    const words: Buffer[] = [];
    let size = 0;
    let said = 0;
    let why: string | undefined;
    const end = (reason: string): void => {
      why ??= reason;
      child.kill('SIGKILL');
      // A program that it started may hold the pipes open.
      child.stdout!.destroy();
      child.stderr!.destroy();
    };
    const timer = setTimeout(
      () => end(`\`${name}\` was still running after ${limits.milliseconds / 1000} s, and was ended`),
      limits.milliseconds,
    );
    child.stdout!.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bytes)
        end(`\`${name}\` printed more than ${Math.round(limits.bytes / 1024 / 1024)} MB, and was ended`);
      else out.push(chunk);
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.length;
      if (said <= MOST_WORDS) words.push(chunk);
    });
    const finish = (answer: Printed): void => {
      clearTimeout(timer);
      running.delete(child);
      letGo();
      done(answer);
    };
    child.on('error', ({ message }) => finish({ failed: `\`${name}\` could not be started: ${message}` }));
    child.on('close', (code) => {
      if (why !== undefined) finish({ failed: why });
      else if (code === 0) finish({ text: Buffer.concat(out).toString('utf8') });
      else finish({ refused: Buffer.concat(words).toString('utf8').trim() || `it ended with ${code}` });
    });
  });
}

/** The same, waiting for it. */
export function runRendererNow(
  { file, args, name }: Renderer,
  more: readonly string[],
  { env, cwd, input = '', limits = LIMITS }: RunOptions,
): Printed {
  const { program, more: all, stdio } = onLeash(file, [...args, ...more]);
  const { status, stdout, stderr, error } = spawnSync(program, all, {
    env,
    cwd,
    input,
    stdio: [...stdio],
    timeout: limits.milliseconds,
    maxBuffer: limits.bytes,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
  });
  if (error) return { failed: `\`${name}\` was ended: ${error.message}` };
  return status === 0 ? { text: stdout } : { refused: stderr.trim() || `it ended with ${status}` };
}
