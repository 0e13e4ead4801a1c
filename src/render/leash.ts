import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Programs that end when portolan does, however that ended. No process can do anything once it is killed, so a shell of
 * a few lines knows what was started, and sees portolan's end of a pipe close. Where the system has no such shell they
 * end by themselves, and cannot print.
 */
const SHELL = '/bin/sh';

/** Reads `+ PID` and `- PID`; what is still running when nobody is there to write any more is ended. */
const WATCH = `running=
while read -r sign pid; do
  if [ "$sign" = + ]; then running="$running $pid"; continue; fi
  left=; for one in $running; do [ "$one" = "$pid" ] || left="$left $one"; done
  running=$left
done
[ -z "$running" ] || kill -9 $running`;

/** Starts a program and waits for it, and ends it when the other end of the fourth pipe is closed. */
const WAIT = `exec 4<&0
"$@" <&4 3<&- 4<&- & program=$!
{ read -r _ <&3; kill -9 $program; } </dev/null >/dev/null 2>&1 4<&- & watch=$!
wait $program; status=$?
kill $watch; exit $status`;

let watcher: ChildProcess | undefined;

/** One for all that this process starts. In a session of its own: what ends portolan at a terminal must not end it. */
function watch(): ChildProcess | undefined {
  if (watcher || !existsSync(SHELL)) return watcher;
  watcher = spawn(SHELL, ['-c', WATCH], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '' },
    cwd: '/',
    detached: true,
  });
  // Nobody waits for it.
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  for (const one of [watcher, watcher.stdin!]) one.on('error', () => {});
  return watcher;
}

/** @returns to be called when the program has ended */
export function putOnLeash({ pid }: ChildProcess): () => void {
  if (pid === undefined) return () => {};
  watch()?.stdin?.write(`+ ${pid}\n`);
  return () => void watch()?.stdin?.write(`- ${pid}\n`);
}

interface Leashed {
  readonly program: string;
  readonly more: readonly string[];
  readonly stdio: readonly 'pipe'[];
}

/** A program that is waited for, which nothing can be told of meanwhile. */
export const onLeash = (file: string, args: readonly string[]): Leashed =>
  existsSync(SHELL)
    ? { program: SHELL, more: ['-c', WAIT, 'sh', file, ...args], stdio: ['pipe', 'pipe', 'pipe', 'pipe'] }
    : { program: file, more: args, stdio: ['pipe', 'pipe', 'pipe'] };
