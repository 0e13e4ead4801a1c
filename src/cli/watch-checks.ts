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
  /** Looks at everything, and writes its own report; what it throws is told, and the next change is waited for. */
  readonly look: (turn: Turn) => Promise<unknown>;
  /** Tells what changed from what is near it, where it can: then it begins a report. */
  readonly answer: (turn: Turn) => Promise<unknown>;
}

/** What whoever looks hears of changes. */
export interface Turn {
  /** Absolute paths that changed since the last look that came to its end began. */
  changed(): readonly string[];
  /** Of these, what changed since the look at hand began. */
  came(): readonly string[];
  /** Whether a report was begun for all of these, since each changed last. */
  isTold(paths: readonly string[]): boolean;
  /** Makes room for a report about what changed, which says why it came. */
  begin(paths: readonly string[]): void;
  /** Between two pieces of a look: what has changed meanwhile is answered first, and the look goes on after it. */
  pause(): Promise<void>;
}

/** Looks once, and again whenever something changes, until somebody presses Ctrl-C. */
export async function watchChecks({ paths, written, look, answer }: Watched): Promise<number> {
  const cwd = process.cwd();
  const own = new Set(written.map((file) => resolve(cwd, file)));
  const turns = new Turns(answer);
  const watching = watchPaths([...paths, ...[...CONFIG_NAMES].map((name) => resolve(cwd, name))], {
    cwd,
    onChange: (changed) => turns.add(changed.filter((path) => !own.has(path) && !isDraft(path))),
    onError: complain,
  });
  await new Promise<void>((ended) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, ended);
    void turns.take(look);
  });
  turns.end();
  watching.close();
  return EXIT.clean;
}

class Turns implements Turn {
  readonly #answer: Watched['answer'];
  /** Since the last look that came to its end began. */
  #changed: readonly string[] = [];
  /** Since the look began that is not at its end. */
  #came: readonly string[] = [];
  readonly #untold = new Set<string>([FIRST]);
  /** Whether something came that no answer was tried for. */
  #isNew = false;
  #isEnded = false;
  #wake = (): void => {};

  constructor(answer: Watched['answer']) {
    this.#answer = answer;
  }

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#came = [...new Set([...this.#came, ...paths])];
    for (const path of paths) this.#untold.add(path);
    this.#isNew = true;
    this.#wake();
  }

  /** Takes turns until the end. */
  async take(look: Watched['look']): Promise<void> {
    for (;;) {
      await this.#tell();
      this.#changed = this.changed();
      this.#came = [];
      const isDone = await this.#told(look);
      if (isDone) this.#changed = [];
      if (this.#came.length > 0) continue;
      tellWaiting();
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  end(): void {
    this.#isEnded = true;
  }

  changed(): readonly string[] {
    return [...new Set([...this.#changed, ...this.#came])];
  }

  came(): readonly string[] {
    return this.#came;
  }

  isTold(paths: readonly string[]): boolean {
    return !this.#untold.has(FIRST) && !paths.some((path) => this.#untold.has(path));
  }

  begin(paths: readonly string[]): void {
    const told = [FIRST, ...paths].filter((path) => this.#untold.delete(path));
    begin(told);
  }

  async pause(): Promise<void> {
    // What the system has to tell comes in.
    await new Promise((done) => setImmediate(done));
    // What is half done is left where it is.
    if (this.#isEnded) await new Promise<never>(() => {});
    await this.#tell();
  }

  async #tell(): Promise<void> {
    if (!this.#isNew) return;
    this.#isNew = false;
    await this.#told(this.#answer);
  }

  async #told(act: (turn: Turn) => Promise<unknown>): Promise<boolean> {
    try {
      await act(this);
      return true;
    } catch (error) {
      this.begin([...this.#untold]);
      complain(`portolan: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
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

/**
 * A terminal shows one report at a time; elsewhere they follow each other, and each says why it came: for what changed,
 * or because the one before it does not hold.
 */
function begin(told: readonly string[]): void {
  const names = told.filter((path) => path !== FIRST).map((path) => relative(process.cwd(), path) || '.');
  if (names.length === 0 && told.length > 0) return;
  if (process.stdout.isTTY) {
    print(CLEAR);
    return;
  }
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).map(sanitizeLine).join(', ');
  const why = `changed: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
  print(`\n${names.length > 0 ? why : 'with everything looked at:'}\n\n`);
}

function tellWaiting(): void {
  if (process.stdout.isTTY) complain('\nwaiting for changes; Ctrl-C ends');
}
