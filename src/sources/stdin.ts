import type { SourceFile } from '../text/source.ts';
import { decodeText, LARGEST_TEXT, TOO_LARGE } from './decode-text.ts';
import { type InputError, inputError } from './input-error.ts';
import { codeOf } from './unreadable.ts';

const stdinSource = (text: string): SourceFile => ({
  path: '-',
  kind: 'stdin',
  text,
  editable: false,
});

/**
 * Reads all of a stream, standard input by default. A stream rather than file descriptor 0, whose reads fail with
 * EAGAIN while a pipe has nothing to give.
 */
export async function readStdin(
  stream: AsyncIterable<Uint8Array> = process.stdin,
): Promise<SourceFile | InputError> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > LARGEST_TEXT) return inputError('-', TOO_LARGE);
      chunks.push(chunk);
    }
  } catch (error) {
    return inputError('-', `standard input cannot be read (${codeOf(error) ?? (error as Error).message})`);
  }
  const decoded = decodeText(Buffer.concat(chunks));
  return 'reason' in decoded ? inputError('-', decoded.reason) : stdinSource(decoded.text);
}
