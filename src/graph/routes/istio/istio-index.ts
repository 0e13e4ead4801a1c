import {
  type DestinationRule,
  type IstioGateway,
  isDestinationRule,
  isIstioGateway,
  isVirtualService,
  type VirtualService,
} from '../../../model/istio.ts';
import type { Resource } from '../../../model/model.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';
import { groupBy } from '../../../text/group-by.ts';
import { meshHostOf, type ServiceEntries, serviceEntriesOf } from './istio-hosts.ts';

/** The objects of Istio by what refers to them. */
export interface IstioIndex {
  readonly model: Model;
  gatewaysNamed(namespace: string, name: string): readonly IstioGateway[];
  virtualServicesNamed(namespace: string, name: string): readonly VirtualService[];
  readonly entriesFor: ServiceEntries;
  /** Those that name the host itself. */
  destinationRulesFor(fqdn: string): readonly DestinationRule[];
  /** Those whose host is missing, a wildcard or still to be filled in, so that they may be for any. */
  readonly looseDestinationRules: readonly DestinationRule[];
}

export function istioIndex(model: Model): IstioIndex {
  const gateways = groupBy(model.ofKind('Gateway').filter(isIstioGateway), keyOf);
  const routes = groupBy(model.routes.filter(isVirtualService), keyOf);
  const rules = model.routes.filter(isDestinationRule);
  const byHost = groupBy(rules, ({ host, namespace }) => host && meshHostOf(host, namespace).fqdn);
  return {
    model,
    gatewaysNamed: (namespace, name) => gateways.get(`${namespace}/${name}`) ?? [],
    virtualServicesNamed: (namespace, name) => routes.get(`${namespace}/${name}`) ?? [],
    entriesFor: serviceEntriesOf(model),
    destinationRulesFor: (fqdn) => byHost.get(fqdn) ?? [],
    looseDestinationRules: rules.filter(
      ({ host }) => !host || host.value.startsWith('*') || isPlaceholder(host),
    ),
  };
}

const keyOf = ({ namespace, name }: Resource): string => `${namespace}/${name}`;
