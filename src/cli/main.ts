import { VERSION } from '../version.ts';
import { isKubectlCompletion } from './program-name.ts';
import { print } from './write.ts';

/** What scripts ask most is answered before the options are read. */
const asksVersion = (words: readonly string[]): boolean =>
  words.length === 1 && (words[0] === '--version' || words[0] === '-V') && !isKubectlCompletion();

async function main(): Promise<void> {
  if (!asksVersion(process.argv.slice(2))) return (await import('./program.ts')).run();
  print(`${VERSION}\n`);
}

void main();
