import { trimEndOf } from '../text/trim-end.ts';
import { bytesOf, through } from '../ui/deflated.ts';

/** A text as an address holds it: deflated, in the letters that need no escape. */
export async function packed(text: string): Promise<string> {
  const bytes = await through(
    new CompressionStream('deflate-raw'),
    new TextEncoder().encode(text),
  ).arrayBuffer();
  let letters = '';
  for (const byte of new Uint8Array(bytes)) letters += String.fromCharCode(byte);
  return trimEndOf(btoa(letters).replaceAll('+', '-').replaceAll('/', '_'), '=');
}

/** Undefined for what is no such text. */
export async function unpacked(letters: string): Promise<string | undefined> {
  try {
    const bytes = bytesOf(letters.replaceAll('-', '+').replaceAll('_', '/'));
    return await through(new DecompressionStream('deflate-raw'), bytes).text();
  } catch {
    return undefined;
  }
}
