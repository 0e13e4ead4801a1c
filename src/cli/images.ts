import { imagesOf } from '../engine/images-of.ts';
import type { Loaded } from '../engine/load.ts';
import { DEFAULT_SETTINGS, type Settings } from '../graph/links/settings.ts';
import type { InputError } from '../sources/input-error.ts';
import { UsageError } from './usage-error.ts';

export interface ImageArguments {
  readonly dockerfile: readonly string[];
  readonly imageArchive: readonly string[];
  readonly images: boolean;
  readonly insecureRegistry: readonly string[];
}

export interface ImageContext {
  /** The files and folders that are checked. */
  readonly paths: readonly string[];
  /** Whether a Dockerfile lies among them. */
  readonly hasDockerfile: boolean;
  readonly facts: Settings['facts'] | undefined;
}

/**
 * Looks at the images that the manifests name: in Dockerfiles and archives, and in registries only with `--images`.
 *
 * @throws UsageError for a `--dockerfile` that is no IMAGE=PATH
 */
export async function imageConfigs(
  { resources }: Loaded,
  args: ImageArguments,
  { paths, hasDockerfile, facts = DEFAULT_SETTINGS.facts }: ImageContext,
): Promise<{ readonly imageConfig: Settings['imageConfig']; readonly errors: readonly InputError[] }> {
  const dockerfiles = new Map(args.dockerfile.map(pairOf));
  const asked = dockerfiles.size > 0 || args.imageArchive.length > 0 || args.images;
  if (!asked && !hasDockerfile) return { imageConfig: DEFAULT_SETTINGS.imageConfig, errors: [] };
  const { lookUp } = await import('../images/look-up.ts');
  const { configs, errors } = await lookUp(imagesOf(resources), {
    cwd: process.cwd(),
    env: process.env,
    paths,
    dockerfiles,
    archives: args.imageArchive,
    registry: args.images,
    insecure: args.insecureRegistry,
    known: (image) => facts(image) !== undefined,
  });
  return { imageConfig: (image) => configs.get(image), errors };
}

function pairOf(text: string): [image: string, path: string] {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1)
    throw new UsageError(
      `\`--dockerfile ${text}\` is no IMAGE=PATH, such as ghcr.io/acme/shop=shop/Dockerfile`,
    );
  return [text.slice(0, equals), text.slice(equals + 1)];
}
