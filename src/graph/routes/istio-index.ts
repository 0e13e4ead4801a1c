import { type IstioGateway, isIstioGateway } from '../../model/istio.ts';
import { groupBy, type Model } from '../../model/resource-set.ts';
import { type ServiceEntries, serviceEntriesOf } from './istio-hosts.ts';

/** The objects of Istio by what refers to them. */
export interface IstioIndex {
  readonly model: Model;
  gatewaysNamed(namespace: string, name: string): readonly IstioGateway[];
  readonly entriesFor: ServiceEntries;
}

export function istioIndex(model: Model): IstioIndex {
  const gateways = groupBy(
    model.ofKind('Gateway').filter(isIstioGateway),
    ({ namespace, name }) => `${namespace}/${name}`,
  );
  return {
    model,
    gatewaysNamed: (namespace, name) => gateways.get(`${namespace}/${name}`) ?? [],
    entriesFor: serviceEntriesOf(model),
  };
}
