import type { Model } from '../../../model/resource-set.ts';
import type { ParentRef } from '../../../model/route.ts';
import { isTraefikRoute, type TraefikRoute } from '../../../model/traefik.ts';
import { groupBy } from '../../../text/group-by.ts';
import { definitionsNamed } from '../../links/definitions.ts';
import { end, endPort } from '../../links/end.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { ParentLink } from '../../links/route-links.ts';

/** An IngressRoute that another one is a part of, and the link to it. */
export interface LayerAbove {
  readonly link: ParentLink;
  readonly route: TraefikRoute | undefined;
}

/** The parents of a route (Traefik 3.6): one that is not there costs the child its router. */
export function layersIn(model: Model): (route: TraefikRoute) => LayerAbove[] {
  const known = model.routes.filter(isTraefikRoute).filter(({ kind }) => kind === 'IngressRoute');
  const inNamespaces = groupBy(known, ({ namespace }) => namespace);
  const named = groupBy(known, placeOf);
  return (route) =>
    (route.parentRefs ?? []).flatMap((ref) => {
      const namespace = ref.namespace?.value ?? route.namespace;
      const parents = named.get(placeOf({ namespace, name: ref.name.value })) ?? [];
      return toParents(route, ref, model, { parents, isNamespaceKnown: inNamespaces.has(namespace) });
    });
}

const placeOf = ({ namespace, name }: Pick<TraefikRoute, 'namespace' | 'name'>): string =>
  `${namespace}\0${name}`;

interface Known {
  readonly parents: readonly TraefikRoute[];
  /** Whether an IngressRoute of that namespace is in the input. */
  readonly isNamespaceKnown: boolean;
}

function toParents(
  route: TraefikRoute,
  ref: ParentRef,
  model: Model,
  { parents, isNamespaceKnown }: Known,
): LayerAbove[] {
  const namespace = ref.namespace?.value ?? route.namespace;
  const link = {
    kind: 'parent',
    evidence: 'declared',
    route,
    parentRef: ref,
    parent: undefined,
    hostname: undefined,
    port: undefined,
    from: end(route, `spec.parentRefs[${ref.name.value}]`, ref.at, {
      port: endPort(ref.name.value, undefined, undefined),
    }),
    to: undefined,
    fault: undefined,
  } as const;
  const found = definitionsNamed(model.budget, route, parents);
  if (found.length > 0) {
    return found.map((parent) => ({
      route: parent,
      link: { ...link, parent, to: end(parent, 'metadata.name', parent.nameAt), ...whole('ingress-route') },
    }));
  }
  const isProved = isNamespaceKnown && model.unread.length === 0 && !route.unplaced;
  return [
    {
      route: undefined,
      link: isProved
        ? { ...link, fault: 'no-parent', ...broken('no-ingress-route', { namespace, name: ref.name.value }) }
        : {
            ...link,
            fault: 'no-parent',
            ...unproved('ingress-route', {
              object: { kind: 'IngressRoute', namespace, name: ref.name.value },
            }),
          },
    },
  ];
}
