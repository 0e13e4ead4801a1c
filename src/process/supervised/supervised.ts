import type { Trail } from '../command/trail.ts';
import type { Word } from '../command/word.ts';
import type { KnownListener } from '../listeners/container-process.ts';
import type { Doubt } from '../listeners/doubts/doubt.ts';

/** What a program that starts others does, by the files that are mounted. */
export interface Supervised {
  readonly programs: readonly SupervisedProgram[];
  /** Sockets of its own: the web page of supervisord. */
  readonly listeners: readonly KnownListener[];
  /** What else it may start or open. */
  readonly doubts: readonly Doubt[];
}

export interface SupervisedProgram {
  readonly words: readonly Word[];
  /** With the variables that this program is given. */
  readonly trail: Trail;
}
