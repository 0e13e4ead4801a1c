import { parseImage, splitHost } from '../knowledge/image-reference.ts';
import { DIGEST } from './oci/digest.ts';

/** An image as a manifest names it, and where its registry keeps it. */
export interface Reference {
  /** Equal for all spellings of one image: `docker.io/library/nginx:latest`, `ghcr.io/a/b@sha256:…`. */
  readonly key: string;
  /** Registry and repository: `docker.io/library/nginx`. */
  readonly name: string;
  /** The host that serves it: `registry-1.docker.io`, `localhost:5000`. */
  readonly host: string;
  /** `library/nginx`. */
  readonly repository: string;
  readonly digest: string | undefined;
  /** `latest` where none is written. */
  readonly tag: string;
}

const DOCKER_HUB: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);
export const DOCKER_HUB_API: string = 'registry-1.docker.io';
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** Undefined for what is no reference. A digest makes the tag beside it say nothing, as for container runtimes. */
export function readReference(image: string): Reference | undefined {
  const parsed = parseImage(image);
  if (!parsed) return undefined;
  const [rest = '', digest] = image.split('@');
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  const { name, tag = 'latest' } = parsed;
  const untagged = parsed.tag === undefined ? rest : rest.slice(0, -1 - parsed.tag.length);
  const [writtenHost, path] = splitHost(untagged);
  const hub = DOCKER_HUB.has(writtenHost);
  const host = hub ? DOCKER_HUB_API : writtenHost;
  if (!HOST.test(host)) return undefined;
  const repository = hub ? name.slice(name.indexOf('/') + 1) : path;
  const key = digest === undefined ? `${name}:${tag}` : `${name}@${digest}`;
  return { key, name, host, repository, digest, tag };
}
