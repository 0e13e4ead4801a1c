import type { ImageFact } from '../../knowledge/image-fact.ts';
import { programName, type Word } from './word.ts';
import { withoutWrappers } from './wrappers.ts';

/** A command of a script that ends before the program starts. */
export interface Done {
  readonly words: readonly Word[];
  /** Where its input and output go. */
  readonly files: readonly Word[];
}

/** Programs whose last argument is a file that they write. */
const WRITERS: ReadonlySet<string> = new Set(['cp', 'install', 'ln', 'mv', 'sed', 'tee']);

/** Numbers of open files: `2>&1`. */
const IS_OPEN_FILE = /^(?:\d+|-)$/;

/**
 * The first command that may write the configuration of an image: one that names a file of it, or that writes where
 * it is not known, as relative paths do. `sed -i s/80/8080/ /etc/nginx/conf.d/default.conf && nginx` moves a port.
 */
export function writerOf({ configPaths }: ImageFact, done: readonly Done[]): Word | undefined {
  if (configPaths.length === 0) return undefined;
  const names = (word: Word): boolean => configPaths.some((path) => word.marked.includes(path));
  const isElsewhere = ({ text }: Word): boolean => text?.startsWith('/') ?? false;
  return done.find(({ words, files }) => {
    const inner = withoutWrappers(words);
    const target = WRITERS.has(programName(inner[0])) ? inner.at(-1) : undefined;
    const written = [
      ...files.filter(({ text = '' }) => !IS_OPEN_FILE.test(text)),
      ...(target ? [target] : []),
    ];
    return [...words, ...files].some(names) || written.some((word) => !isElsewhere(word));
  })?.words[0];
}
