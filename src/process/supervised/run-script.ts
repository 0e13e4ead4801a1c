import { lastPart } from '../../text/slashes.ts';
import { followScript } from '../command/shell.ts';
import type { Trail } from '../command/trail.ts';
import type { Word } from '../command/word.ts';
import type { ConfigFile } from '../config-files/config-file.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import { type ExeclineWord, readExecline } from './execline.ts';
import { wordOfFile } from './word-of-file.ts';

const SHELL = /(?:^|[\s/])(?:sh|bash|ash|dash)(?:\s+-\w+)*\s*$/;
const EXECLINE = /(?:^|[\s/])execlineb(?:\s|$)/;

/** What the first line of a script says that reads it: `/command/with-contenv sh`. */
const interpreterOf = ({ text }: ConfigFile): string =>
  /^#!\s*([^\r\n]*)/.exec(text.value)?.[1]?.trim() ?? '';

/** The command of a `run` file that stays: a script of a shell or of execline. */
export function followRun(file: ConfigFile, trail: Trail): readonly Word[] {
  const interpreter = interpreterOf(file);
  const where = file.from;
  const whole = { start: 0, end: file.text.value.length };
  if (SHELL.test(interpreter)) {
    const script = wordOfFile(file, whole, file.text.value, { where, written: where, secret: file.secret });
    return followScript(script, trail);
  }
  const words = EXECLINE.test(interpreter) ? commandOf(readExecline(file.text.value)) : undefined;
  if (words) return words.map((one) => wordOfFile(file, whole, one, { where, written: one, secret: false }));
  trail.unsettled.push({ kind: 'program', doubt: doubt('script-not-followed', { where }) });
  return [];
}

/** Programs of execline that go on with what stands behind so many words, flags left aside. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['with-contenv', 0],
  ['fdmove', 2],
  ['fdclose', 1],
  ['cd', 1],
  ['umask', 1],
  ['foreground', 1],
  ['s6-notifyoncheck', 0],
  ['exec', 0],
]);

/** Undefined where something stands in between that decides what is run, or with which words. */
function commandOf(words: readonly ExeclineWord[] | undefined): readonly string[] | undefined {
  let rest = words ?? [];
  for (;;) {
    const [first] = rest;
    const operands = typeof first === 'string' ? STEPS.get(lastPart(first)) : undefined;
    if (operands === undefined) break;
    rest = rest.slice(1);
    while (typeof rest[0] === 'string' && /^-[a-zA-Z]+$/.test(rest[0])) rest = rest.slice(1);
    rest = rest.slice(operands);
  }
  const isPlain = rest.length > 0 && rest.every((word) => typeof word === 'string' && !word.includes('${'));
  return isPlain ? (rest as readonly string[]) : undefined;
}
