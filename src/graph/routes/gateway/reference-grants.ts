import { GATEWAY_GROUP, type ReferenceGrant } from '../../../model/gateway-api.ts';
import type { Route } from '../../../model/route.ts';
import type { GatewayIndex } from './gateway-index.ts';

/**
 * The grants of a namespace, and the one of them that lets a route send traffic to a Service there. Each `from` and
 * each `to` is an alternative, and `from.namespace` is a name, never a pattern (S-151).
 */
export function grantFor(
  route: Route,
  namespace: string,
  service: string,
  index: GatewayIndex,
): { readonly there: readonly ReferenceGrant[]; readonly permitting: ReferenceGrant | undefined } {
  const there = index.grantsIn(namespace);
  const permitting = there.find(
    ({ from, to }) =>
      from.some(
        (one) => one.group === GATEWAY_GROUP && one.kind === route.kind && one.namespace === route.namespace,
      ) && to.some((one) => one.group === '' && one.kind === 'Service' && (one.name || service) === service),
  );
  return { there, permitting };
}
