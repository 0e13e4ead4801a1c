import { createHash } from 'node:crypto';

/** The digests that the OCI image specification registers (opencontainers/image-spec, descriptor.md). */
export const DIGEST: RegExp = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

export const sha256Of = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Whether a content is what its digest promises. */
export function hasDigest(bytes: Uint8Array, digest: string): boolean {
  if (!DIGEST.test(digest)) return false;
  const [algorithm = '', hex] = digest.split(':');
  return createHash(algorithm).update(bytes).digest('hex') === hex;
}
