import { GATEWAY_GROUP, isReferenceGrant, type ReferenceGrant } from '../../../model/gateway-api.ts';
import type { Resource } from '../../../model/model.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';

/** The ReferenceGrants of a set, by what they permit. */
export interface Grants {
  /**
   * Whether one lets an object refer to another in a namespace that is not its own. Each `from` and each `to` is an
   * alternative, and `from.namespace` is a name, never a pattern (S-151).
   */
  permit(
    from: Pick<Resource, 'kind' | 'namespace'>,
    to: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string },
  ): boolean;
  /** One of a namespace, to show what it permits instead. */
  firstIn(namespace: string): ReferenceGrant | undefined;
  /** Whether one of a namespace is still to be filled in. */
  isOpen(namespace: string): boolean;
}

export function grantsOf(model: Model): Grants {
  const first = new Map<string, ReferenceGrant>();
  const open = new Set<string>();
  const permitted = new Set<string>();
  for (const grant of model.ofKind('ReferenceGrant').filter(isReferenceGrant)) {
    const { namespace } = grant;
    if (!first.has(namespace)) first.set(namespace, grant);
    if (hasPlaceholder(grant)) open.add(namespace);
    for (const from of grant.from.slice(0, MOST_ENTRIES)) {
      if (from.group !== GATEWAY_GROUP) continue;
      for (const { group, kind, name } of grant.to.slice(0, MOST_ENTRIES)) {
        permitted.add(keyOf(from, { group, kind, namespace, name: name || ANY }));
      }
    }
  }
  return {
    permit: (from, to) => permitted.has(keyOf(from, to)) || permitted.has(keyOf(from, { ...to, name: ANY })),
    firstIn: (namespace) => first.get(namespace),
    isOpen: (namespace) => open.has(namespace),
  };
}

/** The API server takes no more of either (maxItems in the CRD of ReferenceGrant). */
const MOST_ENTRIES = 16;
const ANY = '';

const keyOf = (from: Pick<Resource, 'kind' | 'namespace'>, to: Parameters<Grants['permit']>[1]): string =>
  [from.kind, from.namespace, to.namespace, to.group, to.kind, to.name].join('\0');

const hasPlaceholder = ({ from, to }: ReferenceGrant): boolean =>
  [...from.map(({ namespace }) => namespace), ...to.map(({ name }) => name ?? '')].some((value) =>
    isPlaceholder({ value }),
  );
