import type { Container } from '../../model/model.ts';
import { Located } from '../../text/source.ts';

/** A value on the command line that has a name. */
export interface NamedWord {
  /** As it is written, without its dashes: `db-host`. */
  readonly name: string;
  readonly value: Located<string>;
  readonly list: 'command' | 'args';
}

/** `--name=value`, `--name value`, and `--override name=value`. */
export const wordsByName = ({ command = [], args = [] }: Container): NamedWord[] =>
  [['command', command] as const, ['args', args] as const].flatMap(([list, words]) =>
    words.flatMap((word, index): NamedWord[] => {
      const [, name, said] = /^-{0,2}([\w.-]{1,80})=(.{1,1024})$/s.exec(word.value) ?? [];
      if (name !== undefined && said !== undefined) {
        const { source, start, end } = word.at;
        return [{ name, value: new Located(said, source, start, end), list }];
      }
      const flag = words[index - 1]?.value ?? '';
      return flag.startsWith('-') ? [{ name: flag.replace(/^-+/, ''), value: word, list }] : [];
    }),
  );

/** Whether a pattern is found in one of the words, which is asked before they are taken apart. */
export const wordsHold = ({ command = [], args = [] }: Container, pattern: RegExp): boolean =>
  command.some(({ value }) => pattern.test(value)) || args.some(({ value }) => pattern.test(value));
