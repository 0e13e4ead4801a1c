import {
  type IstioGateway,
  isIstioGateway,
  isVirtualService,
  type VirtualService,
} from '../../model/istio.ts';
import type { Resource } from '../../model/model.ts';
import { groupBy, type Model } from '../../model/resource-set.ts';
import { type ServiceEntries, serviceEntriesOf } from './istio-hosts.ts';

/** The objects of Istio by what refers to them. */
export interface IstioIndex {
  readonly model: Model;
  gatewaysNamed(namespace: string, name: string): readonly IstioGateway[];
  virtualServicesNamed(namespace: string, name: string): readonly VirtualService[];
  readonly entriesFor: ServiceEntries;
}

export function istioIndex(model: Model): IstioIndex {
  const gateways = groupBy(model.ofKind('Gateway').filter(isIstioGateway), keyOf);
  const routes = groupBy(model.routes.filter(isVirtualService), keyOf);
  return {
    model,
    gatewaysNamed: (namespace, name) => gateways.get(`${namespace}/${name}`) ?? [],
    virtualServicesNamed: (namespace, name) => routes.get(`${namespace}/${name}`) ?? [],
    entriesFor: serviceEntriesOf(model),
  };
}

const keyOf = ({ namespace, name }: Resource): string => `${namespace}/${name}`;
