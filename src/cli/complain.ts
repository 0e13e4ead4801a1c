import { sanitize, withoutCommands } from '../report/sanitize.ts';
import { hideInWords } from '../text/secrets/hide-in-words.ts';
import { writeAll } from './write.ts';

const STDERR = 2;

/** One line or more to standard error: without secrets, and nothing in them steers a terminal or commands a log. */
export function complain(text: string): void {
  try {
    writeAll(STDERR, `${withoutCommands(sanitize(hideInWords(text)))}\n`);
  } catch {
    // Nobody listens any more; the exit code says it all the same.
  }
}
