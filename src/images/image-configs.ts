import { resolve } from 'node:path';
import type { ImageConfig } from '../model/image-config.ts';
import { displayPath } from '../sources/display-path.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import { readNamedFile } from '../sources/read-file.ts';
import type { SourceFile } from '../text/source.ts';
import { Archives } from './archive/archives.ts';
import { readDockerfile } from './dockerfile.ts';
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
  /** Values of ARG, for all Dockerfiles. */
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
  readonly #dockerfiles = new Map<string, string>();
  /** Asked for once, however often an image is met. */
  readonly #published = new Map<string, Promise<ImageConfig | undefined>>();
  readonly #errors = new Map<string, InputError>();
  #archives: Promise<Archives> | undefined;

  constructor(sources: ImageSources) {
    this.#sources = sources;
    this.#platform = sources.platform ?? DEFAULT_PLATFORM;
    for (const [image, path] of sources.dockerfiles ?? []) {
      this.#dockerfiles.set(readReference(image)?.key ?? image, path);
    }
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
    if (dockerfile !== undefined) return await this.#built(dockerfile, [...above, key]);
    let published = this.#published.get(key);
    if (!published) {
      published = this.#publishedConfig(image, reference);
      this.#published.set(key, published);
    }
    return await published;
  }

  async #built(dockerfile: string, above: readonly string[]): Promise<ImageConfig | undefined> {
    const source = this.#source(dockerfile);
    if (!source) return undefined;
    const args = this.#sources.buildArgs ?? new Map<string, string>();
    const { config, errors } = readDockerfile(source, { args });
    for (const error of errors) this.#tell(error);
    if (!config) return undefined;
    const base = config.base === undefined ? undefined : await this.#configOf(config.base, above);
    const whole = base && readDockerfile(source, { args, bases: new Map([[config.base!, base]]) }).config;
    return { ...(base ? whole! : config), isDockerfile: true };
  }

  #source(dockerfile: string): SourceFile | undefined {
    const { cwd } = this.#sources;
    const file = resolve(cwd, dockerfile);
    const path = displayPath(file, cwd);
    const read = readNamedFile(file, cwd);
    if ('text' in read) return { path, kind: 'file', text: read.text, editable: false };
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
