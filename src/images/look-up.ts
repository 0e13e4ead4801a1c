import type { ImageConfig } from '../model/image-config.ts';
import type { InputError } from '../sources/input-error.ts';
import { ImageConfigs } from './image-configs.ts';
import { matchDockerfiles } from './match-dockerfiles.ts';
import { BlobCache, cacheDirectory } from './registry/cache.ts';
import { dockerCredentials } from './registry/credentials.ts';

/** What a run asks of images. */
export interface LookUp {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The paths that are checked: a Dockerfile that lies there is used where it is plainly the image's. */
  readonly paths: readonly string[];
  /** `IMAGE=PATH`, taken apart: these go before what lies beside the manifests. */
  readonly dockerfiles: ReadonlyMap<string, string>;
  readonly archives: readonly string[];
  /** Whether registries may be asked; no request is made otherwise. */
  readonly registry: boolean;
  readonly insecure: readonly string[];
  /** Images that are known already, so that no Dockerfile is guessed for them. */
  readonly known: (image: string) => boolean;
}

/** The configurations of the images of a run. Built as a file of its own: most runs look at no image. */
export async function lookUp(
  images: readonly string[],
  { cwd, env, paths, dockerfiles, archives, registry, insecure, known }: LookUp,
): Promise<{ readonly configs: ReadonlyMap<string, ImageConfig>; readonly errors: readonly InputError[] }> {
  const configs = new ImageConfigs({
    cwd,
    archives,
    dockerfiles: new Map([...matchDockerfiles(paths, images, { cwd, known }), ...dockerfiles]),
    ...(registry
      ? {
          registry: {
            insecure: new Set(insecure),
            credentials: dockerCredentials(env),
            cache: new BlobCache(cacheDirectory(env)),
          },
        }
      : {}),
  });
  return await configs.resolve(images);
}
