import type {
  ConfigMap,
  EndpointSet,
  Ingress,
  IngressClass,
  OtherResource,
  Resource,
  Secret,
  Service,
  Workload,
} from './model.ts';

/** The resources that are applied together, by kind and in the order of the input. */
export interface Model {
  /** Name of the set in the report: `` for the only one. */
  readonly setName: string;
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: readonly IngressClass[];
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  readonly endpoints: readonly EndpointSet[];
  readonly others: readonly OtherResource[];
  /** Groups of two or more definitions of one object inside one folder, in the order of the input. */
  readonly duplicates: readonly (readonly Resource[])[];

  /** More than one only where the input defines the object twice. */
  servicesNamed(namespace: string, name: string): readonly Service[];
  servicesIn(namespace: string): readonly Service[];
  workloadsIn(namespace: string): readonly Workload[];
  configMap(namespace: string, name: string): ConfigMap | undefined;
  secret(namespace: string, name: string): Secret | undefined;
}
