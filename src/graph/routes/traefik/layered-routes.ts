import type { Model } from '../../../model/resource-set.ts';
import type { ParentRef } from '../../../model/route.ts';
import { isTraefikRoute, type TraefikRoute } from '../../../model/traefik.ts';
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
export const layersAbove = (route: TraefikRoute, model: Model): LayerAbove[] =>
  (route.parentRefs ?? []).flatMap((ref) => toParent(route, ref, model));

function toParent(route: TraefikRoute, ref: ParentRef, model: Model): LayerAbove[] {
  const namespace = ref.namespace?.value ?? route.namespace;
  const known = model.routes.filter(isTraefikRoute).filter((one) => one.kind === 'IngressRoute');
  const there = known.filter((one) => one.namespace === namespace);
  const named = there.filter(({ name }) => name === ref.name.value);
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
  const found = definitionsNamed(model.budget, route, named);
  if (found.length > 0) {
    return found.map((parent) => ({
      route: parent,
      link: { ...link, parent, to: end(parent, 'metadata.name', parent.nameAt), ...whole('ingress-route') },
    }));
  }
  const isProved = there.length > 0 && model.unread.length === 0 && !route.unplaced;
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
