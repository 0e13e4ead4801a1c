import { insideScalar } from '../../text/inside-scalar.ts';
import type { Word } from '../command/word.ts';
import type { ConfigFile } from '../config-files/config-file.ts';
import type { Stretch } from '../config-files/sockets.ts';
import { UNKNOWN } from '../environment/environment.ts';

/** One argument of a program that a mounted file names. */
export function wordOfFile(
  file: ConfigFile,
  { start, end }: Stretch,
  marked: string,
  { where, written, secret }: Pick<Word, 'where' | 'written' | 'secret'>,
): Word {
  return {
    text: marked.includes(UNKNOWN) ? undefined : marked,
    marked,
    written: file.secret ? '…' : written,
    // Worked out when it is shown, as in `Sockets`.
    get at() {
      return insideScalar(file.text)(start, end);
    },
    where,
    secret: secret || file.secret,
  };
}
