import { basename, relative, resolve } from 'node:path';
import { sanitizeLine } from '../report/sanitize.ts';
import { watchPaths } from '../session/watch.ts';
import { CONFIG_NAMES } from '../sources/find-config.ts';
import { complain } from './complain.ts';
import { EXIT } from './exit-codes.ts';
import { print } from './write.ts';

/** In the place of a path, for the run that nothing changed before. */
const FIRST = '';

interface Watched {
  readonly paths: readonly string[];
  /** What runs write, whose change is no reason to run again. */
  readonly written: readonly string[];
  /** Writes its own report; what it throws is told, and the next change is waited for. */
  readonly run: (turn: Turn) => Promise<unknown>;
}

/** One run of many. */
export interface Turn {
  /** Absolute paths that changed; none for the first run. */
  readonly changed: readonly string[];
  /** Makes room for a report, which says why it came. */
  begin(): void;
  /**
   * Whether something has changed meanwhile, or does within some milliseconds. Who is told so need not go on: the next
   * turn is told of these changes, too.
   */
  isOvertaken(withinMs?: number): Promise<boolean>;
}

/** Runs once, and again whenever something changes, until somebody presses Ctrl-C. */
export async function watchChecks({ paths, written, run }: Watched): Promise<number> {
  const cwd = process.cwd();
  const own = new Set(written.map((file) => resolve(cwd, file)));
  let isRunning = false;
  let waiting: readonly string[] = [];
  let wake = (): void => {};
  const runAgain = async (changed: readonly string[]): Promise<void> => {
    waiting = [...waiting, ...changed];
    wake();
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) {
      const reason = [...new Set(waiting)];
      waiting = [];
      let isOvertaken = false;
      const turn: Turn = {
        changed: reason.filter((path) => path !== FIRST),
        begin: once(() => begin(reason.map((path) => (path === FIRST ? FIRST : relative(cwd, path) || '.')))),
        isOvertaken: async (withinMs = 0) => {
          await watching.settled();
          if (waiting.length === 0 && withinMs > 0)
            await new Promise<void>((done) => {
              wake = done;
              setTimeout(done, withinMs);
            });
          isOvertaken = waiting.length > 0;
          return isOvertaken;
        },
      };
      await told(turn, run);
      if (isOvertaken) waiting = [...reason, ...waiting];
      else tellWaiting();
    }
    isRunning = false;
  };
  const watching = watchPaths([...paths, ...[...CONFIG_NAMES].map((name) => resolve(cwd, name))], {
    cwd,
    onChange: (changed) => {
      const counts = changed.filter((path) => !own.has(path) && !isDraft(path));
      if (counts.length > 0) void runAgain(counts);
    },
    onError: complain,
  });
  await new Promise<void>((ended) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, ended);
    void runAgain([FIRST]);
  });
  watching.close();
  return EXIT.clean;
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

async function told(turn: Turn, run: Watched['run']): Promise<void> {
  try {
    await run(turn);
  } catch (error) {
    turn.begin();
    complain(`portolan: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What editors and portolan itself put beside a file before it takes its place; ignore files count. */
const isDraft = (path: string): boolean => {
  const name = basename(path);
  return (
    (name.startsWith('.') && !/^\.(?:git|portolan)ignore$/.test(name)) ||
    /(?:~|\.sw[a-z]|\.tmp|^4913)$/.test(name)
  );
};

/** What the terminal showed before stays above, where one can scroll to it. */
const CLEAR = '\x1b[2J\x1b[H';
const MOST_NAMES = 3;

/** A terminal shows one run at a time; elsewhere they follow each other, and each says why it came. */
function begin(changed: readonly string[]): void {
  const names = [...new Set(changed)].filter((name) => name !== FIRST);
  if (names.length === 0) return;
  if (process.stdout.isTTY) {
    print(CLEAR);
    return;
  }
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).map(sanitizeLine).join(', ');
  print(`\nchanged: ${shown}${more > 0 ? ` and ${more} more` : ''}\n\n`);
}

/** What a run said first does not hold, and what does follows. */
export function beginAnew(): void {
  print(process.stdout.isTTY ? CLEAR : '\nwith everything looked at:\n\n');
}

function tellWaiting(): void {
  if (process.stdout.isTTY) complain('\nwaiting for changes; Ctrl-C ends');
}
