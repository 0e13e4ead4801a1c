import {
  type Gateway,
  isGateway,
  isGatewayClass,
  isListenerSet,
  isReferenceGrant,
  type ListenerSet,
  type ReferenceGrant,
} from '../../model/gateway-api.ts';
import { groupOf } from '../../model/kind.ts';
import type { Resource } from '../../model/model.ts';
import { groupBy, type Model } from '../../model/resource-set.ts';

/** The objects of this API by what refers to them. */
export interface GatewayIndex {
  readonly model: Model;
  /** Gateways or ListenerSets; several only where the input defines one twice. */
  owners(group: string, kind: string, namespace: string, name: string): readonly (Gateway | ListenerSet)[];
  grantsIn(namespace: string): readonly ReferenceGrant[];
  /** Controllers by GatewayClass. */
  readonly controllers: ReadonlyMap<string, string | undefined>;
  /** Undefined where the input does not have the Namespace itself. */
  labelsOf(namespace: string): ReadonlyMap<string, { readonly value: string }> | undefined;
}

export function gatewayIndex(model: Model): GatewayIndex {
  const owners = groupBy(
    ['Gateway', 'ListenerSet', 'XListenerSet']
      .flatMap((kind) => model.ofKind(kind))
      .filter((one): one is Gateway | ListenerSet => isGateway(one) || isListenerSet(one)),
    ({ apiVersion, kind, namespace, name }) => [groupOf(apiVersion), kind, namespace, name].join('\0'),
  );
  const grants = groupBy(
    model.ofKind('ReferenceGrant').filter(isReferenceGrant),
    ({ namespace }) => namespace,
  );
  const namespaces = new Map(model.ofKind('Namespace').map((one) => [one.name, one]));
  return {
    model,
    owners: (...key) => owners.get(key.join('\0')) ?? [],
    grantsIn: (namespace) => grants.get(namespace) ?? [],
    controllers: new Map(
      model
        .ofKind('GatewayClass')
        .filter(isGatewayClass)
        .map(({ name, controllerName }) => [name, controllerName?.value]),
    ),
    labelsOf: (namespace) => {
      const found: Resource | undefined = namespaces.get(namespace);
      return found && 'labels' in found && found.labels instanceof Map ? found.labels : undefined;
    },
  };
}
