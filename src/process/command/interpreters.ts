import { programName, type Word } from './word.ts';

/** Interpreters, and their flags whose value is the next word: what follows them is no script. */
const INTERPRETERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['python', ['-W', '-X', '--check-hash-based-pycs']],
  [
    'node',
    [
      '-r',
      '--require',
      '--import',
      '--loader',
      '--experimental-loader',
      '-C',
      '--conditions',
      '--env-file',
      '--title',
    ],
  ],
  ['bun', ['-r', '--preload', '--env-file', '--cwd', '-c', '--config']],
  ['ruby', ['-I', '-r', '-C', '-E', '-W']],
]);

/** What an interpreter is given to run, with its arguments; undefined for another program. */
export function interpreted(words: readonly Word[]): readonly Word[] | undefined {
  const valued = INTERPRETERS.get(programName(words[0]));
  if (!valued) return undefined;
  for (let index = 1; index < words.length; index++) {
    const { marked } = words[index]!;
    if (valued.includes(marked)) index++;
    else if (!marked.startsWith('-')) return words.slice(index);
  }
  return [];
}

/** A debugger that node opens to others beside the script: `--inspect=0.0.0.0:9229`. Without an address it is on loopback. */
export const debuggerOf = (words: readonly Word[]): Word | undefined =>
  programName(words[0]) === 'node'
    ? words.find(({ marked }) => /^--inspect(?:-brk|-wait)?=.*:/.test(marked))
    : undefined;
