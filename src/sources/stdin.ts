import type { SourceFile } from '../text/source.ts';
import { decodeText } from './decode-text.ts';
import { type InputError, inputError } from './input-error.ts';

/** Reads all of a stream, standard input by default. */
export async function readStdin(
  stream: AsyncIterable<Uint8Array> = process.stdin,
): Promise<SourceFile | InputError> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const decoded = decodeText(Buffer.concat(chunks));
  if ('reason' in decoded) return inputError('-', decoded.reason);
  return { path: '-', kind: 'stdin', text: decoded.text, editable: false };
}
