import type { ConfigFile } from './config-file.ts';
import type { Stretch } from './sockets.ts';

/** One line that is neither blank nor a comment. */
export interface Line extends Stretch {
  /** Without white space around it. */
  readonly text: string;
}

/** The lines of a file. Those that begin with one of `comments` are left out. */
export function* linesOf({ text }: ConfigFile, comments: string): Generator<Line> {
  for (const match of text.value.matchAll(/[^\r\n]+/g)) {
    const trimmed = match[0].trim();
    if (trimmed === '' || comments.includes(trimmed[0]!)) continue;
    const start = match.index + match[0].indexOf(trimmed);
    yield { text: trimmed, start, end: start + trimmed.length };
  }
}
