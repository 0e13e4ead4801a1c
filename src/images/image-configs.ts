import { resolve } from 'node:path';
import type { ImageBuild } from '../model/image-build.ts';
import type { ImageConfig } from '../model/image-config.ts';
import { displayPath } from '../sources/display-path.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import { readNamedFile } from '../sources/read-file.ts';
import type { SourceFile } from '../text/source.ts';
import { Archives } from './archive/archives.ts';
import { type DockerfileOptions, readDockerfile } from './dockerfile.ts';
import { ImageError } from './image-error.ts';
import { DEFAULT_PLATFORM } from './oci/find-config.ts';
import { type Reference, readReference } from './reference.ts';
import { fetchImageConfig, type RegistryOptions } from './registry.ts';

/** Where a run looks for the configurations of images; nothing is looked at that is not named here. */
export interface ImageSources {
  /** Paths are relative to it and shown relative to it. */
  readonly cwd: string;
  /** Images, as manifests name them, and the Dockerfiles that build them. */
  readonly dockerfiles?: ReadonlyMap<string, string>;
  /** Dockerfiles that were read, with what is said to each build; they go before those that are named by path. */
  readonly builds?: readonly ImageBuild[];
  /** Values of ARG, for the Dockerfiles that are named by path. */
  readonly buildArgs?: ReadonlyMap<string, string>;
  /** Folders in OCI layout, and tars of one or of `docker save`. */
  readonly archives?: readonly string[];
  /** Registries are asked for what lies nowhere else, and not at all when left out. */
  readonly registry?: Omit<RegistryOptions, 'platform'>;
  /** `linux/amd64` when left out. */
  readonly platform?: string;
}

export interface ResolvedImages {
  /** By the names that were asked for; an image that lies nowhere is left out. */
  readonly configs: ReadonlyMap<string, ImageConfig>;
  readonly errors: readonly InputError[];
}

/** A Dockerfile, and what is said to the build. */
interface Dockerfile extends Pick<DockerfileOptions, 'args' | 'target'> {
  readonly source: SourceFile;
}

/** By the keys of their images; undefined where compose files build an image of one name in two ways. */
function onlyBuilds(builds: readonly ImageBuild[]): Map<string, ImageBuild | undefined> {
  const found = new Map<string, ImageBuild | undefined>();
  for (const build of builds) {
    const key = readReference(build.image)?.key ?? build.image;
    found.set(key, found.has(key) && !isSame(found.get(key), build) ? undefined : build);
  }
  return found;
}

const isSame = (one: ImageBuild | undefined, other: ImageBuild): boolean =>
  one?.source.text === other.source.text &&
  one.target === other.target &&
  [...one.args, ...other.args].every(([name]) => one.args.get(name) === other.args.get(name));

/** Registries allow few requests at once from one address. */
const AT_ONCE = 8;

/**
 * The configurations of the images that a run meets: from a Dockerfile first, then from an archive, then from the
 * registry. What a Dockerfile builds on is looked for in the same way.
 */
export class ImageConfigs {
  readonly #sources: ImageSources;
  readonly #hosts = new Map<string, Promise<void>>();
  readonly #platform: string;
  /** Undefined where a Dockerfile cannot be read, or two builds of one name differ. */
  readonly #dockerfiles = new Map<string, () => Dockerfile | undefined>();
  /** Asked for once, however often an image is met. */
  readonly #published = new Map<string, Promise<ImageConfig | undefined>>();
  readonly #errors = new Map<string, InputError>();
  #archives: Promise<Archives> | undefined;

  constructor(sources: ImageSources) {
    this.#sources = sources;
    this.#platform = sources.platform ?? DEFAULT_PLATFORM;
    for (const [image, path] of sources.dockerfiles ?? []) {
      this.#dockerfiles.set(readReference(image)?.key ?? image, () => this.#dockerfile(path));
    }
    for (const [key, build] of onlyBuilds(sources.builds ?? [])) this.#dockerfiles.set(key, () => build);
  }

  /** Never throws. What is no reference, such as a template's `{{ image }}`, is passed over. */
  async resolve(images: Iterable<string>): Promise<ResolvedImages> {
    const wanted = [...new Set(images)];
    const configs = new Map<string, ImageConfig>();
    const queue = wanted.values();
    const work = async (): Promise<void> => {
      for (const image of queue) {
        const config = await this.#configOf(image, []);
        if (config) configs.set(image, config);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const errors = [...this.#errors].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, error]) => error);
    return { configs, errors };
  }

  /** `above`: keys of the images in whose Dockerfiles the way to this one began. */
  async #configOf(image: string, above: readonly string[]): Promise<ImageConfig | undefined> {
    const reference = readReference(image);
    if (!reference) return undefined;
    const { key } = reference;
    // A Dockerfile that builds on its own image means the one that was published before.
    const dockerfile = above.includes(key) ? undefined : this.#dockerfiles.get(key);
    if (dockerfile) {
      const read = dockerfile();
      return read && (await this.#built(read, [...above, key]));
    }
    let published = this.#published.get(key);
    if (!published) {
      published = this.#publishedConfig(image, reference);
      this.#published.set(key, published);
    }
    return await published;
  }

  async #built(
    { source, ...options }: Dockerfile,
    above: readonly string[],
  ): Promise<ImageConfig | undefined> {
    const { config, errors } = readDockerfile(source, options);
    for (const error of errors) this.#tell(error);
    if (!config) return undefined;
    const base = config.base === undefined ? undefined : await this.#configOf(config.base, above);
    const whole =
      base && readDockerfile(source, { ...options, bases: new Map([[config.base!, base]]) }).config;
    return { ...(base ? whole! : config), isDockerfile: true };
  }

  #dockerfile(dockerfile: string): Dockerfile | undefined {
    const { cwd } = this.#sources;
    const file = resolve(cwd, dockerfile);
    const path = displayPath(file, cwd);
    const read = readNamedFile(file, cwd);
    const { buildArgs: args = new Map() } = this.#sources;
    if ('text' in read) return { source: { path, kind: 'file', text: read.text, editable: false }, args };
    this.#tell(inputError(path, read.reason));
    return undefined;
  }

  async #publishedConfig(image: string, reference: Reference): Promise<ImageConfig | undefined> {
    const { archives = [], cwd, registry } = this.#sources;
    this.#archives ??= Archives.read(archives, cwd, (error) => this.#tell(error));
    try {
      const archived = (await this.#archives).find(reference);
      if (archived) return await archived.config(this.#platform);
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      this.#tell(inputError(image, error.message));
      return undefined;
    }
    if (!registry) return undefined;
    const config = await fetchImageConfig(image, {
      ...registry,
      platform: this.#platform,
      hosts: this.#hosts,
    });
    if ('complete' in config) return config;
    this.#tell(config);
    return undefined;
  }

  #tell(error: InputError): void {
    this.#errors.set(`${error.path}\0${String(error.line).padStart(9, '0')}\0${error.message}`, error);
  }
}
