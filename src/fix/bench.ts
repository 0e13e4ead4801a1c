import type { Report } from '../report/report.ts';

/** Where fixes are tried: the input with other texts in the place of some of its files. No file is written. */
export interface Bench {
  /** The whole report of what is there now. */
  check(): Promise<Report>;
  /** The text of a file as it is on the bench; undefined where it cannot be had. */
  textOf(path: string): string | undefined;
  put(path: string, text: string): void;
}
