import { isHarmless } from '../command/harmless.ts';
import { programName, type Word } from '../command/word.ts';
import { withoutWrappers } from '../command/wrappers.ts';

/** Programs that stay and open no port. */
const QUIET: ReadonlySet<string> = new Set([
  'cron',
  'crond',
  'anacron',
  'logrotate',
  'inotifywait',
  'supercronic',
]);

/** True for a program that runs beside others and opens nothing. */
export const isQuiet = (words: readonly Word[]): boolean =>
  isHarmless(words) || QUIET.has(programName(withoutWrappers(words)[0]));
