import { constants } from 'node:buffer';

/** Where git and file(1) look, too. */
const BINARY_WINDOW = 8192;

/** The longest text that a JavaScript string holds. */
export const LARGEST_TEXT: number = Math.min(512 * 1024 * 1024, constants.MAX_STRING_LENGTH);
export const TOO_LARGE = 'this is larger than 512 MiB';

export type Decoded = { readonly text: string } | { readonly reason: string };

/**
 * Bytes as text without its byte order mark: UTF-8, or UTF-16 that begins with one. What is not text is told with
 * the offset, from 0, of the first byte that shows it.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16) {
    try {
      return { text: new TextDecoder(utf16, { fatal: true }).decode(bytes) };
    } catch {
      return { reason: 'this begins as UTF-16 text and does not go on so; save it as UTF-8' };
    }
  }
  const nul = bytes.subarray(0, BINARY_WINDOW).indexOf(0);
  if (nul >= 0) return { reason: `this is not text (binary data at byte ${nul})` };
  try {
    return { text: strict.decode(bytes) };
  } catch {
    const at = endOfUtf8(bytes);
    return { reason: `this is not text (binary data at byte ${at}); if it should be, save it as UTF-8` };
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** How many bytes from the start on are UTF-8: the decoder only says whether all are. */
function endOfUtf8(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let offset = 0;
  let from = 0;
  for (const { index } of lenient.matchAll(/\ufffd/g)) {
    offset += Buffer.byteLength(lenient.slice(from, index));
    // The replacement character may stand in the text itself; then these are its own bytes.
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
    from = index;
  }
  return bytes.length;
}
