/** An image as a manifest names it, in its canonical parts. */
export interface ImageReference {
  /** Registry and repository: `docker.io/library/nginx`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: boolean;
}

/** No registry and no runtime takes a longer name (github.com/distribution/reference, RepositoryNameTotalLengthMax). */
const LONGEST_NAME = 255;
const TAG = /^\w[\w.-]{0,127}$/;
const PATH = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;

/** Other addresses of Docker Hub, and public mirrors of it. */
const DOCKER_HUB: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'mirror.gcr.io',
]);
const ECR_MIRROR = 'docker/library/';
/** Addresses that stand for another registry: the old one of Kubernetes is redirected, lscr.io is ghcr.io by name. */
const SAME_REGISTRY: ReadonlyMap<string, string> = new Map([
  ['k8s.gcr.io', 'registry.k8s.io'],
  ['lscr.io', 'ghcr.io'],
]);

/**
 * Reads a reference as container runtimes do: a first component with a dot, a colon or the name `localhost` is a
 * registry, anything else is a path on Docker Hub (github.com/distribution/reference, normalize.go). Undefined for
 * what is no reference, such as a template's `{{ image }}`.
 */
export function parseImage(image: string): ImageReference | undefined {
  const [rest = '', digest, ...more] = image.split('@');
  if (more.length > 0) return undefined;
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const name = colon < 0 ? rest : rest.slice(0, colon);
  if (name.length > LONGEST_NAME) return undefined;
  const [host, path] = splitHost(name);
  if (!PATH.test(path)) return undefined;
  return { name: canonicalName(host, path), tag, digest: digest !== undefined };
}

/** The registry of a reference without tag and digest, and the path below it. */
export function splitHost(name: string): [host: string, path: string] {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  const isHost = first === 'localhost' || /[.:]/.test(first);
  return isHost ? [first.toLowerCase(), name.slice(slash + 1)] : ['docker.io', name];
}

function canonicalName(host: string, path: string): string {
  if (DOCKER_HUB.has(host)) return `docker.io/${path.includes('/') ? path : `library/${path}`}`;
  if (host === 'public.ecr.aws' && path.startsWith(ECR_MIRROR)) {
    return `docker.io/library/${path.slice(ECR_MIRROR.length)}`;
  }
  return `${SAME_REGISTRY.get(host) ?? host}/${path}`;
}
