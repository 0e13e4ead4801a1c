import type { ImageConfig } from '../model/image-config.ts';
import { visible } from '../sources/display-path.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import { ImageError } from './image-error.ts';
import { sha256Of } from './oci/digest.ts';
import { DEFAULT_PLATFORM, findConfig } from './oci/find-config.ts';
import { MANIFEST_TYPES } from './oci/manifest.ts';
import { DOCKER_HUB_API, type Reference, readReference } from './reference.ts';
import { authorize } from './registry/authorize.ts';
import type { BlobCache } from './registry/cache.ts';
import type { FindCredentials } from './registry/credentials.ts';
import { type Answer, type Client, request, schemeOf } from './registry/http.ts';

export interface RegistryOptions {
  /** `linux/amd64` when left out. */
  readonly platform?: string;
  /** Hosts, with their ports, that are asked without TLS; this machine itself always is. */
  readonly insecure?: ReadonlySet<string>;
  /** Asked only when a registry wants a login; nobody is logged in when left out. */
  readonly credentials?: FindCredentials;
  readonly cache?: BlobCache;
  /** For each request; 30 seconds when left out. */
  readonly timeoutMs?: number;
  /** Shared by the images of a run, so that a host that is silent is asked once. */
  readonly hosts?: Map<string, Promise<void>>;
}

const TIMEOUT_MS = 30_000;

/**
 * Fetches the configuration of an image from its registry (opencontainers/distribution-spec, pull): index, manifest,
 * configuration. What is named by digest comes from the cache when it lies there. Nothing of a login is ever in an
 * error. Never throws.
 */
export async function fetchImageConfig(
  image: string,
  options: RegistryOptions = {},
): Promise<ImageConfig | InputError> {
  const reference = readReference(image);
  if (!reference) return inputError(visible(image), 'this is no name of an image');
  try {
    return await new Repository(reference, options).config();
  } catch (error) {
    if (error instanceof ImageError)
      return inputError(image, `the image cannot be looked at: ${error.message}`);
    throw error;
  }
}

/** One repository of a registry, with the authorization that it has asked for. */
class Repository {
  readonly #reference: Reference;
  readonly #options: RegistryOptions;
  readonly #client: Client;
  #authorization: string | undefined;
  /** What the tag names, which need not be fetched a second time. */
  #fetched: { readonly digest: string; readonly bytes: Uint8Array } | undefined;

  constructor(reference: Reference, options: RegistryOptions) {
    this.#reference = reference;
    this.#options = options;
    this.#client = {
      insecure: options.insecure ?? new Set(),
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      hosts: options.hosts ?? new Map(),
    };
  }

  async config(): Promise<ImageConfig> {
    const { name, digest = await this.#digestOfTag() } = this.#reference;
    const platform = this.#options.platform ?? DEFAULT_PLATFORM;
    return await findConfig(
      digest,
      (wanted, kind) => this.#blob(wanted, kind),
      platform,
      `${name}@${digest}`,
    );
  }

  /** Tags move, so the registry is asked each time. */
  async #digestOfTag(): Promise<string> {
    const bytes = await this.#get(`manifests/${this.#reference.tag}`);
    const digest = sha256Of(bytes);
    this.#fetched = { digest, bytes };
    await this.#options.cache?.put(digest, bytes);
    return digest;
  }

  async #blob(digest: string, kind: 'manifest' | 'config'): Promise<Uint8Array> {
    if (this.#fetched?.digest === digest) return this.#fetched.bytes;
    const { cache } = this.#options;
    const cached = await cache?.get(digest);
    if (cached) return cached;
    const bytes = await this.#get(`${kind === 'manifest' ? 'manifests' : 'blobs'}/${digest}`);
    await cache?.put(digest, bytes);
    return bytes;
  }

  async #get(path: string): Promise<Uint8Array> {
    const { host, repository } = this.#reference;
    const url = new URL(`${schemeOf(host, this.#client)}://${host}/v2/${repository}/${path}`);
    let answer = await this.#ask(url);
    if (answer.status === 401) {
      const login = await this.#options.credentials?.(host);
      const refusal = answer.headers.get('www-authenticate') ?? '';
      this.#authorization = await authorize(refusal, `repository:${repository}:pull`, login, this.#client);
      if (this.#authorization !== undefined) answer = await this.#ask(url);
    }
    if (answer.status === 200) return answer.bytes;
    throw new ImageError(refusalOf(answer.status, host));
  }

  #ask(url: URL): Promise<Answer> {
    const headers: Record<string, string> = { accept: [...MANIFEST_TYPES, '*/*;q=0.1'].join(', ') };
    if (this.#authorization !== undefined) headers.authorization = this.#authorization;
    return request(url, { headers }, this.#client);
  }
}

function refusalOf(status: number, host: string): string {
  if (status === 401 || status === 403)
    return `${host} does not show it; log in with \`docker login${host === DOCKER_HUB_API ? '' : ` ${host}`}\``;
  if (status === 404) return `${host} does not have it`;
  if (status === 429) return `${host} takes no more requests for now; log in there or wait`;
  return `${host} answers ${status}`;
}
