import { sanitizeLine } from '../report/sanitize.ts';
import type { SourceFile } from '../text/source.ts';
import { isTerminal, STDERR } from './is-terminal.ts';

const AFTER_MS = 1_000;
const EVERY_MS = 200;

/** Shows on a terminal's standard error how far the reading is, once it takes more than a second; never elsewhere. */
export function* withProgress(sources: Iterable<SourceFile>): Generator<SourceFile> {
  if (!isTerminal(STDERR)) {
    yield* sources;
    return;
  }
  const screen = process.stderr;
  // A terminal may go away meanwhile.
  screen.on('error', () => {});
  const begun = Date.now();
  let shown = begun + AFTER_MS - EVERY_MS;
  let count = 0;
  let drawn = false;
  for (const source of sources) {
    count += 1;
    const now = Date.now();
    if (now - shown >= EVERY_MS) {
      screen.write(`\r\x1b[2Kreading ${count} files …`);
      shown = now;
      drawn = true;
    }
    yield source;
  }
  if (drawn) screen.write('\r\x1b[2K');
}

let built: { readonly since: number; drawn: boolean } | undefined;

/** Says on a terminal's standard error which root is built, once that takes more than a second; never elsewhere. */
export function showBuild(path: string, done: number, all: number): void {
  if (!isTerminal(STDERR)) return;
  const screen = process.stderr;
  built ??= { since: Date.now(), drawn: false };
  if (done < all && Date.now() - built.since >= AFTER_MS) {
    screen.write(`\r\x1b[2Kbuilding ${sanitizeLine(path)} (${done + 1} of ${all}) …`);
    built.drawn = true;
  }
  if (done >= all) {
    if (built.drawn) screen.write('\r\x1b[2K');
    built = undefined;
  }
}
