import type { ImageBuild } from '../model/image-build.ts';
import type { ImageConfig } from '../model/image-config.ts';
import { cacheDirectory } from '../sources/cache-directory.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import { readDockerfile } from './dockerfile.ts';
import { ImageConfigs } from './image-configs.ts';
import { matchDockerfiles } from './match-dockerfiles.ts';
import { namedDockerfiles } from './named-dockerfiles.ts';
import { BlobCache } from './registry/cache.ts';
import { dockerCredentials } from './registry/credentials.ts';

/** What a run asks of images. */
export interface LookUp {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The paths that are checked: a Dockerfile that lies there is used where it is plainly the image's. */
  readonly paths: readonly string[];
  /** `IMAGE=PATH`, taken apart: these go before what lies beside the manifests. */
  readonly dockerfiles: ReadonlyMap<string, string>;
  /** What compose files build: these go before what lies beside the manifests, too. */
  readonly builds: readonly ImageBuild[];
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
  { cwd, env, paths, dockerfiles, builds, archives, registry, insecure, known }: LookUp,
): Promise<{ readonly configs: ReadonlyMap<string, ImageConfig>; readonly errors: readonly InputError[] }> {
  const beside = matchDockerfiles(paths, images, { cwd, known });
  const named = namedDockerfiles(dockerfiles, images);
  const configs = new ImageConfigs({
    cwd,
    archives,
    dockerfiles: new Map([...beside, ...named.dockerfiles]),
    builds: builds.filter(({ image }) => !named.dockerfiles.has(image)),
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
  const resolved = await configs.resolve(images);
  // Beside another Dockerfile, a name that no manifest has may be what that one builds on.
  const isBase = beside.size > 0 || named.unmet.length < dockerfiles.size;
  const unmet = isBase ? [] : named.unmet.map((name) => inputError(name, UNMET));
  return { configs: resolved.configs, errors: [...unmet, ...resolved.errors] };
}

/** TCP ports that a build exposes, else those that are known of the image below it. */
export function exposedPorts(
  { source, target, args }: ImageBuild,
  knownPorts: (image: string) => readonly number[],
): readonly number[] {
  const { config } = readDockerfile(source, { args, target });
  const own = (config?.exposed ?? []).flatMap(({ port, protocol }) => (protocol === 'TCP' ? [port] : []));
  return own.length > 0 || config?.base === undefined ? own : knownPorts(config.base);
}

const UNMET = 'no image of the input has this name, so its Dockerfile is not read';
