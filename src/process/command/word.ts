import { lastPart } from '../../text/slashes.ts';
import type { Located, Location } from '../../text/source.ts';
import { trimEndOf } from '../../text/trim-end.ts';
import { type Environment, expandArgument, UNKNOWN } from '../environment/environment.ts';

/** One argument of a process. */
export interface Word {
  /** Undefined where the input does not hold all of it. */
  readonly text: string | undefined;
  /** The same with UNKNOWN for what is not known. */
  readonly marked: string;
  /** As a person wrote it, and fit to be shown: `$(PORT)` and `$PORT` stay, so that no Secret is seen. */
  readonly written: string;
  /** The text that spells it; undefined for ENTRYPOINT and CMD of an image. */
  readonly at: Location | undefined;
  /** `args of container web`, `CMD of Dockerfile`. */
  readonly where: string;
  /** True when some of it comes from a Secret. */
  readonly secret: boolean;
}

/** `command` or `args` as the kubelet passes them on (S-105). */
export const argumentsOf = (
  list: readonly Located<string>[] | undefined,
  where: string,
  environment: Environment,
): Word[] =>
  (list ?? []).map(({ value: written, at }) => {
    const { value: text, marked, secret } = expandArgument(written, environment);
    return { text, marked, written, at, where, secret };
  });

/** ENTRYPOINT or CMD of an image: nothing in them is replaced (S-105). */
export const wordsOfImage = (list: readonly string[] | undefined, where: string): Word[] =>
  (list ?? []).map((text) => ({ text, marked: text, written: text, at: undefined, where, secret: false }));

/** A word that a shell made of another one. */
export const derived = (from: Word, marked: string, written: string, secret: boolean): Word => ({
  text: marked.includes(UNKNOWN) ? undefined : marked,
  marked,
  // The kubelet has put the value of a Secret into the script: what is left of it in which word is not known.
  written: from.secret ? '…' : written,
  at: from.at,
  where: from.where,
  secret: secret || from.secret,
});

/** The program's name without its folder and version: `/usr/bin/python3.12` is `python`. */
export function programName(word: Word | undefined): string {
  const name = lastPart(word?.text ?? '');
  return /^(?:python|php|ruby|pip)\d/.test(name) ? trimEndOf(name, '0123456789.') : name;
}
