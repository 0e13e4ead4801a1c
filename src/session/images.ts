import { imagesOf } from '../engine/images-of.ts';
import type { Loaded } from '../engine/load.ts';
import { DEFAULT_SETTINGS, type Settings } from '../graph/links/settings.ts';
import type { ImageBuild } from '../model/image-build.ts';
import type { InputError } from '../sources/input-error.ts';

/** Where to look for what images say of themselves. Dockerfiles beside the manifests are looked at in any case. */
export interface ImageOptions {
  /** The Dockerfile that builds an image, by the image's name. */
  readonly dockerfiles?: ReadonlyMap<string, string> | undefined;
  /** Folders in OCI layout, and tars of `docker save`. */
  readonly imageArchives?: readonly string[] | undefined;
  /** Ask registries; no request is made otherwise. */
  readonly images?: boolean | undefined;
  /** Registries that speak HTTP without TLS. */
  readonly insecureRegistries?: readonly string[] | undefined;
}

export interface ImageContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The files and folders that are checked. */
  readonly paths: readonly string[];
  /** Whether a Dockerfile lies among them. */
  readonly hasDockerfile: boolean;
  /** What compose files say of how images are built. */
  readonly builds: readonly ImageBuild[];
  readonly facts: Settings['facts'] | undefined;
}

/** Looks at the images that the manifests name. What cannot be read of them is in `errors`. */
export async function imageConfigs(
  { resources }: Loaded,
  { dockerfiles = new Map(), imageArchives = [], images = false, insecureRegistries = [] }: ImageOptions,
  { cwd, env, paths, hasDockerfile, builds, facts = DEFAULT_SETTINGS.facts }: ImageContext,
): Promise<{ readonly imageConfig: Settings['imageConfig']; readonly errors: readonly InputError[] }> {
  const asked = dockerfiles.size > 0 || imageArchives.length > 0 || images;
  if (!asked && !hasDockerfile && builds.length === 0)
    return { imageConfig: DEFAULT_SETTINGS.imageConfig, errors: [] };
  const { lookUp } = await import('../images/look-up.ts');
  const { configs, errors } = await lookUp(imagesOf(resources), {
    cwd,
    env,
    paths,
    dockerfiles,
    builds,
    archives: imageArchives,
    registry: images,
    insecure: insecureRegistries,
    known: (image) => facts(image) !== undefined,
  });
  return { imageConfig: (image) => configs.get(image), errors };
}
