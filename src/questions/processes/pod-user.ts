import type { ImageConfig } from '../../model/image-config.ts';
import type { Container, PodTemplate } from '../../model/model.ts';
import type { Location } from '../../text/source.ts';

/** What says that a container's process is not root. */
export interface NotRoot {
  /** `runs as user 1000`, `must not run as root`. */
  readonly phrase: string;
  readonly at: Location;
}

/**
 * Undefined for root, and where nothing says who it is. The container's own fields go before the Pod's, runAsUser
 * before runAsNonRoot, and both before USER of the image.
 */
export function notRootOf(
  container: Container,
  { securityContext: pod }: PodTemplate,
  image: Pick<ImageConfig, 'user'> | undefined,
): NotRoot | undefined {
  const own = container.securityContext;
  const user = own.runAsUser ?? pod.runAsUser;
  if (user) {
    return typeof user.value === 'number' && user.value > 0
      ? { phrase: `runs as user ${user.value}`, at: user.at }
      : undefined;
  }
  const nonRoot = own.runAsNonRoot ?? pod.runAsNonRoot;
  if (nonRoot?.value === true) return { phrase: 'must not run as root', at: nonRoot.at };
  const [named = ''] = image?.user?.split(':') ?? [];
  return named === '' || named === 'root' || named === '0'
    ? undefined
    : { phrase: `runs as ${named}, the USER of its image`, at: container.image?.at ?? container.nameAt };
}

const BIND = /^(?:CAP_)?NET_BIND_SERVICE$/i;
const ALL = /^ALL$/i;

/** What the security context of a container makes of the right to bind low ports. */
export interface LowPortRight {
  /** `capabilities.add` names it. */
  readonly added: boolean;
  /** The file of the program cannot bring it along: it is dropped, or privileges cannot grow. */
  readonly excluded: boolean;
}

export function lowPortRightOf({ securityContext }: Container): LowPortRight {
  const { addedCapabilities, droppedCapabilities, allowPrivilegeEscalation } = securityContext;
  const added = addedCapabilities.some(({ value }) => BIND.test(value) || ALL.test(value));
  const dropped = droppedCapabilities.some(({ value }) => BIND.test(value) || ALL.test(value));
  return { added, excluded: !added && (dropped || allowPrivilegeEscalation?.value === false) };
}
