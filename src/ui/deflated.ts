/** The bytes that letters of base64 stand for; throws where they are none. */
export function bytesOf(letters: string): Uint8Array<ArrayBuffer> {
  const characters = atob(letters);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** Bytes after each other through a stream that deflates or inflates them. */
export const through = (
  stream: CompressionStream | DecompressionStream,
  ...bytes: Uint8Array<ArrayBuffer>[]
): Response => new Response(new Blob(bytes).stream().pipeThrough(stream));
