import type { BackendLink } from '../../graph/links/route-links.ts';
import { formerName } from '../../model/former-name.ts';
import type { Service } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';

/** The Service that a backend means by the name that it had before the kustomization was built. */
export function renamedService(
  { backend, service, namespace }: BackendLink,
  model: Model,
): Service | undefined {
  const name = backend.service;
  if (!name || service || name.source.kind !== 'kustomize') return undefined;
  return model
    .servicesIn(namespace)
    .find(
      (one) => one.source === name.source && one.name.includes(name.value) && formerName(one) === name.value,
    );
}
