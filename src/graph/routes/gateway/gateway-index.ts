import {
  type Gateway,
  isGatewayClass,
  type Listener,
  type ListenerOwner,
  type ListenerSet,
} from '../../../model/gateway-api.ts';
import { groupOf } from '../../../model/kind.ts';
import type { Model } from '../../../model/resource-set.ts';
import { groupBy } from '../../../text/group-by.ts';
import { type NamespaceSelector, namespaceSelector } from '../../policies/namespace-selector.ts';
import { listenerOwnersOf } from './listener-owners.ts';
import { type Grants, grantsOf } from './reference-grants.ts';
import { isRefusedWhole, refusedListeners } from './refused-listeners.ts';

/** The objects of this API by what refers to them. */
export interface GatewayIndex {
  readonly model: Model;
  /** Gateways or ListenerSets; several only where the input defines one twice. */
  owners(group: string, kind: string, namespace: string, name: string): readonly (Gateway | ListenerSet)[];
  readonly grants: Grants;
  /** Controllers by GatewayClass. */
  readonly controllers: ReadonlyMap<string, string | undefined>;
  readonly isOfNamespace: NamespaceSelector;
  refusedOf(owner: ListenerOwner): Refused;
}

/** What of an object with listeners is refused: all of it, or some of its listeners. */
interface Refused {
  readonly isWhole: boolean;
  readonly listeners: ReadonlySet<Listener>;
}

function refusedOf(owner: ListenerOwner): Refused {
  const refused = refusedListeners(owner);
  return {
    isWhole: refused.some(isRefusedWhole),
    listeners: new Set(refused.map(({ listener }) => listener)),
  };
}

export function gatewayIndex(model: Model): GatewayIndex {
  const owners = groupBy(listenerOwnersOf(model), ({ apiVersion, kind, namespace, name }) =>
    [groupOf(apiVersion), kind, namespace, name].join('\0'),
  );
  // Each listener of an object asks for it once for each route.
  const refused = new Map<ListenerOwner, Refused>();
  return {
    model,
    refusedOf(owner) {
      const known = refused.get(owner) ?? refusedOf(owner);
      refused.set(owner, known);
      return known;
    },
    owners: (...key) => owners.get(key.join('\0')) ?? [],
    grants: grantsOf(model),
    controllers: new Map(
      model
        .ofKind('GatewayClass')
        .filter(isGatewayClass)
        .map(({ name, controllerName }) => [name, controllerName?.value]),
    ),
    isOfNamespace: namespaceSelector(model),
  };
}
