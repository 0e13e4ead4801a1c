/** Bytes that come in pieces, up to a bound. */
export interface Kept {
  /** @returns false once more came than is kept */
  add(bytes: Buffer): boolean;
  isWhole(): boolean;
  bytes(): Buffer;
  text(): string;
}

export function kept(most: number): Kept {
  const pieces: Buffer[] = [];
  let size = 0;
  const bytes = (): Buffer => Buffer.concat(pieces).subarray(0, most);
  return {
    add: (piece) => {
      if (size <= most) pieces.push(piece);
      size += piece.length;
      return size <= most;
    },
    isWhole: () => size <= most,
    bytes,
    text: () => bytes().toString('utf8'),
  };
}
