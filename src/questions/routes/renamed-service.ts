import type { BackendLink } from '../../graph/links/route-links.ts';
import { formerName } from '../../model/former-name.ts';
import type { Service } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';

/**
 * The Service that a backend means by the name that it had before the kustomization was built. Where overlays that are
 * built together rename it in several ways, it is the one that went the route's own way.
 */
export function renamedService(
  { backend, service, namespace, route }: BackendLink,
  model: Model,
): Service | undefined {
  const name = backend.service;
  if (!name || service || name.source.kind !== 'kustomize') return undefined;
  const renamed = model
    .servicesIn(namespace)
    .filter(
      (one) => one.source === name.source && one.name.includes(name.value) && formerName(one) === name.value,
    );
  const former = formerName(route);
  const likeRoute = former === undefined ? undefined : route.name.replace(former, () => name.value);
  return renamed.find((one) => one.name === likeRoute) ?? renamed[0];
}
