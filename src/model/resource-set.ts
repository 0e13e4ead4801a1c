import { groupBy } from '../text/group-by.ts';
import type { Bundle, Location } from '../text/source.ts';
import { Budget, MOST_DEFINITIONS, type SharedLinks } from './budget.ts';
import { type Ingress, type IngressClass, isIngress } from './ingress.ts';
import { groupOf } from './kind.ts';
import type { ConfigMap, EndpointSet, OtherResource, Resource, Secret, Service, Workload } from './model.ts';
import { joinOwned } from './owners.ts';
import { isRoute, type Route } from './route.ts';

/** The resources that are applied together, by kind and in the order of the input. */
export interface Model {
  /** Name of the set in the report: `` for the only one. */
  readonly setName: string;
  readonly resources: readonly Resource[];
  readonly services: readonly Service[];
  /** Whatever holds a Pod template, without what another one of them made: ReplicaSets, Pods, Jobs of their owners. */
  readonly workloads: readonly Workload[];
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: readonly IngressClass[];
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  readonly endpoints: readonly EndpointSet[];
  readonly routes: readonly Route[];
  readonly others: readonly OtherResource[];
  /** What was there and could not be read, one place per source: it may define anything. */
  readonly unread: readonly Unread[];
  /** Groups of two or more definitions of one object inside one folder or bundle, in the order of the input. */
  readonly duplicates: readonly (readonly Resource[])[];

  /** How much of what many names and many objects make together is looked at. */
  readonly budget: Budget;

  /** The ReplicaSets, Pods and Jobs of the input that a workload stands for, as it made them. */
  madeBy(workload: Workload): readonly Workload[];
  /** Whether a Service that the input lacks is said to live outside of it. */
  isOutside(namespace: string, name: string): boolean;
  /** A chart or the like of the input that has a Service which this set lacks, and may be applied along. */
  elsewhere(namespace: string, name: string): Bundle | undefined;
  /** Names of the IngressClasses of all that is built: a class is the cluster's, and mostly applied by itself. */
  readonly classesElsewhere: ReadonlySet<string>;
  /** More than one only where the input defines the object twice. */
  servicesNamed(namespace: string, name: string): readonly Service[];
  /** The first of a name in the order of the input. */
  ingressClass(name: string): IngressClass | undefined;
  /** Those that say they are the default. */
  readonly defaultClasses: readonly IngressClass[];
  /** What says by itself that it holds the endpoints of the Service. */
  endpointsOf(service: Service): readonly EndpointSet[];
  /** Followed resources of a kind, whatever their group, in the order of the input. */
  ofKind(kind: string): readonly Resource[];
  servicesIn(namespace: string): readonly Service[];
  workloadsIn(namespace: string): readonly Workload[];
  /** The definition that is applied last, when there are several. */
  configMap(namespace: string, name: string): ConfigMap | undefined;
  secret(namespace: string, name: string): Secret | undefined;
}

/** Where an unrendered template begins, or where a document breaks off that does not parse. */
export interface Unread extends Location {
  readonly is: 'template' | 'broken';
}

/** Whatever holds a Pod template. */
export const isWorkload = (resource: Resource): resource is Workload =>
  resource.shape === 'workload' || resource.shape === 'rollout';

export const isOther = (resource: Resource): resource is OtherResource =>
  resource.shape === 'other' || resource.shape === 'namespace';

const AMBIGUOUS: ReadonlySet<string> = new Set(['Gateway', 'Route', 'Service']);

/**
 * Which object a definition is about, whatever its API version: kind, namespace and name. Undefined where that is
 * unknown (`generateName`, a document that was not parsed), so nothing can be its double.
 */
export function identityOf(resource: Resource): string | undefined {
  if (resource.name === '' || isOther(resource)) return undefined;
  // Two APIs have a kind of this name; an Ingress is one object in both of its groups.
  const group = AMBIGUOUS.has(resource.kind) ? groupOf(resource.apiVersion) : '';
  return `${resource.kind}\0${resource.namespace}\0${resource.name}\0${group}`;
}

const NONE: ReadonlySet<string> = new Set();

export function resourceSet(
  setName: string,
  resources: readonly Resource[],
  unread: readonly Unread[] = [],
  isOutside: Model['isOutside'] = nothingOutside,
  shared?: SharedLinks,
): Model {
  const duplicates = duplicatesAmong(resources);
  const budget = new Budget(resources.length, shared);
  const followed = withoutCrowds(resources, duplicates, budget);
  const services = followed.filter((one): one is Service => one.shape === 'service');
  const { workloads, madeBy } = joinOwned(followed.filter(isWorkload));
  const routes = followed.filter(isRoute);
  const configMaps = followed.filter((one): one is ConfigMap => one.shape === 'config-map');
  const secrets = followed.filter((one): one is Secret => one.shape === 'secret');
  const ingressClasses = followed.filter((one): one is IngressClass => one.shape === 'ingress-class');
  const classesNamed = groupBy(ingressClasses, ({ name }) => name);
  const named = groupBy(services, nameKey);
  const servicesByNamespace = groupBy(services, ({ namespace }) => namespace);
  const workloadsByNamespace = groupBy(workloads, ({ namespace }) => namespace);
  const configMapsByName = new Map(configMaps.map((one) => [nameKey(one), one]));
  const secretsByName = new Map(secrets.map((one) => [nameKey(one), one]));
  const endpoints = followed.filter((one): one is EndpointSet => one.shape === 'endpoints');
  let byService: Map<string, EndpointSet[]> | undefined;
  let byKind: Map<string, Resource[]> | undefined;
  return {
    setName,
    resources,
    unread,
    isOutside,
    elsewhere: () => undefined,
    classesElsewhere: NONE,
    services,
    workloads,
    madeBy: (workload) => madeBy.get(workload) ?? [],
    configMaps,
    secrets,
    ingresses: routes.filter(isIngress),
    ingressClasses,
    ingressClass: (name) => classesNamed.get(name)?.[0],
    defaultClasses: ingressClasses.filter(({ isDefault }) => isDefault),
    endpoints,
    routes,
    others: followed.filter(isOther),
    duplicates,
    budget,
    servicesNamed: (namespace, name) => named.get(`${namespace}\0${name}`) ?? [],
    endpointsOf: ({ namespace, name }) => {
      byService ??= groupBy(endpoints, (one) => `${one.namespace}\0${one.serviceName ?? ''}`);
      return byService.get(`${namespace}\0${name}`) ?? [];
    },
    ofKind: (kind) => {
      byKind ??= groupBy(
        followed.filter((one) => !isOther(one)),
        (one) => one.kind,
      );
      return byKind.get(kind) ?? [];
    },
    servicesIn: (namespace) => servicesByNamespace.get(namespace) ?? [],
    workloadsIn: (namespace) => workloadsByNamespace.get(namespace) ?? [],
    configMap: (namespace, name) => configMapsByName.get(`${namespace}\0${name}`),
    secret: (namespace, name) => secretsByName.get(`${namespace}\0${name}`),
  };
}

/** One for all, so that it can be told that nothing changed. */
const nothingOutside = (): boolean => false;

const nameKey = ({ namespace, name }: Resource): string => `${namespace}\0${name}`;

/** Of an object that is defined very often, the first definitions: all of them would be followed with all of another. */
function withoutCrowds(
  resources: readonly Resource[],
  duplicates: readonly (readonly Resource[])[],
  budget: Budget,
): readonly Resource[] {
  const crowds = duplicates.filter(({ length }) => length > MOST_DEFINITIONS);
  if (crowds.length === 0) return resources;
  for (const [first] of crowds) budget.leave('definitions', first!);
  const left = new Set(crowds.flatMap((group) => group.slice(MOST_DEFINITIONS)));
  return resources.filter((one) => !left.has(one));
}

function duplicatesAmong(resources: readonly Resource[]): Resource[][] {
  const firsts = new Map<string, Resource>();
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const identity = identityOf(resource);
    if (identity === undefined) continue;
    const first = firsts.get(identity);
    if (!first) firsts.set(identity, resource);
    else {
      const group = groups.get(identity);
      if (group) group.push(resource);
      else groups.set(identity, [first, resource]);
    }
  }
  return [...groups.values()];
}
