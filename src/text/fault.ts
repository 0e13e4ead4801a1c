import type { Location } from './source.ts';

/** A part of portolan itself that threw, a program of the user that it renders with, or a cluster that it asks. It costs what the part was reading or asked, never the run. */
export interface Fault {
  readonly part:
    | 'rule'
    | 'decoder'
    | 'graph'
    | 'config-reader'
    | 'process'
    | 'trial'
    | 'link'
    | 'renderer'
    | 'cluster';
  /** Which one: the id of a rule, the kind of a decoder or of an object that is followed, the format of a reader, the container, the rule whose fix was tried, the kind of a link, the program. */
  readonly name: string;
  /** What was thrown, on one line. */
  readonly cause: string;
}

/** A fault and the text that was being read. */
export interface LocatedFault extends Fault {
  readonly at: Location;
  /** One sentence without a full stop: what failed, and what is missing for it. */
  readonly message: string;
}

const LONGEST = 200;

/** What was thrown, in words, whatever it is: anything can be, and looking at it may throw again. */
export function causeOf(thrown: unknown): string {
  try {
    const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    const [line = ''] = words.split(/[\r\n]/);
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  } catch {
    return 'something that has no words';
  }
}

/** The same where what was read is secret, which a message may repeat. */
export const causeWithoutText = (thrown: unknown): string => {
  try {
    return thrown instanceof Error ? thrown.constructor.name : typeof thrown;
  } catch {
    return 'something that has no words';
  }
};
