import type { ImageConfig } from '../../model/image-config.ts';
import { ImageError } from '../image-error.ts';
import { decodeConfig } from './config.ts';
import { hasDigest } from './digest.ts';
import { type Descriptor, decodeManifest } from './manifest.ts';

export const DEFAULT_PLATFORM = 'linux/amd64';

/** Brings a content by its digest; the reader checks that it is what the digest promises. */
export type ReadBlob = (digest: string, kind: 'manifest' | 'config') => Promise<Uint8Array>;

/** An index may list indexes; nobody nests them deeper. */
const DEEPEST = 4;

/**
 * From a manifest or an index on: the manifest for the platform, then its configuration. Throws ImageError, and what
 * `read` throws.
 */
export async function findConfig(
  digest: string,
  read: ReadBlob,
  platform: string,
  from: string,
): Promise<ImageConfig> {
  const verified = async (wanted: string, kind: 'manifest' | 'config'): Promise<Uint8Array> => {
    const bytes = await read(wanted, kind);
    if (!hasDigest(bytes, wanted)) {
      throw new ImageError(
        `what is stored as ${wanted} is something else; its content has changed on the way`,
      );
    }
    return bytes;
  };
  let next = digest;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const manifest = decodeManifest(await verified(next, 'manifest'));
    if ('config' in manifest) return decodeConfig(await verified(manifest.config.digest, 'config'), from);
    next = choose(manifest.manifests, platform).digest;
  }
  throw new ImageError('its indexes are nested too deeply');
}

/** The one for the platform, or the only one there is: an image that has one platform runs on no other. */
function choose(manifests: readonly Descriptor[], platform: string): Descriptor {
  // Build attestations stand in the list as platform unknown/unknown.
  const images = manifests.filter((descriptor) => descriptor.platform !== 'unknown/unknown');
  const chosen =
    images.find((descriptor) => descriptor.platform === platform) ??
    images.find((descriptor) => descriptor.platform?.startsWith(`${platform}/`)) ??
    (images.length === 1 ? images[0] : undefined);
  if (chosen) return chosen;
  const names = images.map((descriptor) => descriptor.platform ?? 'one without a name');
  throw new ImageError(
    names.length === 0
      ? 'its index lists no image'
      : `there is none for the platform ${platform}, only for ${names.join(', ')}`,
  );
}
