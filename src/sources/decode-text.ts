/** Where git and file(1) look, too. */
const BINARY_WINDOW = 8192;

export type Decoded = { readonly text: string } | { readonly reason: string };

/** Bytes as text: UTF-8, or UTF-16 with its byte order mark. What is no text is told with the first byte that shows it. */
export function decodeText(bytes: Uint8Array): Decoded {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes) };
  const nul = bytes.subarray(0, BINARY_WINDOW).indexOf(0);
  if (nul >= 0) return { reason: `this is no text: a NUL byte stands at offset ${nul}` };
  try {
    // The decoder also drops the byte order mark.
    return { text: strict.decode(bytes) };
  } catch {
    return { reason: 'this is no UTF-8 text; save it as UTF-8' };
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });
