import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import { isIstioGateway, isServiceEntry, isVirtualService, type VirtualService } from '../model/istio.ts';
import type { Resource, Service } from '../model/model.ts';
import { isPlaceholder } from '../model/ports.ts';
import { gatewayPods } from '../questions/routes/gateway-pods.ts';
import { groupBy } from '../text/group-by.ts';
import type { Located } from '../text/source.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const ANNOTATION = 'networking.istio.io/exportTo';

const hiddenByExport: Rule = defineRule({
  id: 'hidden-by-export',
  severity: 'warning',
  summary: 'A route of Istio sends traffic to a host that `exportTo` hides from the namespace of the route.',

  *check(graph) {
    const { backends } = graph;
    let made: AskersOf | undefined;
    const askers: AskersOf = (route) => {
      made ??= askersOf(graph);
      return made(route);
    };
    yield* hiddenRoutes(graph, askers);
    const told = new Set<unknown>();
    for (const link of backends) {
      const { route, backend, service, delegate } = link;
      if (!isVirtualService(route) || route.unplaced || !backend.service) continue;
      const holder = service ?? (delegate && isServiceEntry(delegate) ? delegate : undefined);
      if (!holder || told.has(backend.service)) continue;
      const said = exportsOf(holder);
      const [first] = said;
      if (!first || said.some(({ name }) => isPlaceholder({ value: name }))) continue;
      const names = said.map(({ name }) => name);
      // A Gateway's proxy asks from the namespace that it runs in.
      const { sidecars, proxies } = askers(route);
      const from = [...sidecars, ...proxies];
      const hiddenFrom = from.filter((namespace) => !isVisible(names, namespace, holder));
      if (hiddenFrom.length === 0 || (sidecars.length === 0 && hiddenFrom.length < from.length)) continue;
      const namespace = hiddenFrom[0]!;
      told.add(backend.service);
      yield {
        message: `${describe(route)} sends traffic to ${describe(holder)}, whose exportTo hides it from namespace \`${namespace}\`${sidecars.includes(namespace) ? '' : ', where the gateway runs'}`,
        resources: [route, holder],
        field: `${backend.field ?? 'spec.http'}.host`,
        link,
        ...(hiddenFrom.length === from.length && (route.parents.length === 0 || proxies.length > 0)
          ? { stopsTraffic: true as const }
          : {}),
        labels: [
          { at: backend.service.at, message: `asked for from namespace \`${namespace}\`` },
          { at: first.at.at, message: 'the namespaces that may know it' },
        ],
        notes: [
          'the proxies of a namespace that a host is not exported to do not know it, and answer 503; `istioctl analyze` reports it as IST0101',
        ],
        help: [`add \`${namespace}\` to exportTo of ${describe(holder)}, or \`*\` for every namespace`],
      };
    }
  },
});

interface Askers {
  /** The namespace of the route, where sidecars follow it. */
  readonly sidecars: readonly string[];
  /** Those of the gateway Pods behind its Gateways; none where one of these is not in the input. */
  readonly proxies: readonly string[];
}

type AskersOf = (route: VirtualService) => Askers;

/** Namespaces from which a route is followed: `servicesExportedToNamespace(proxy.ConfigNamespace)` of Istio's pilot. */
function askersOf({ model, parents }: PortGraph): AskersOf {
  const podsOf = gatewayPods(model);
  const byRoute = groupBy(parents, ({ route }) => route);
  const known = new Map<VirtualService, Askers>();
  return (route) => {
    const there = known.get(route);
    if (there) return there;
    // Sidecars follow the route by its hosts.
    const gateways = new Set(
      (byRoute.get(route) ?? [])
        .filter(({ parentRef }) => parentRef?.kind === 'Gateway')
        .map(({ parent }) => parent),
    );
    const pods = [...gateways].map((parent) =>
      parent && isIstioGateway(parent) ? podsOf(parent) : undefined,
    );
    const isKnown = pods.every((some) => some && some.length > 0 && !some.some(({ unplaced }) => unplaced));
    const found = {
      sidecars: route.inMesh ? [route.namespace] : [],
      proxies: isKnown ? [...new Set(pods.flatMap((some) => some!.map(({ namespace }) => namespace)))] : [],
    };
    known.set(route, found);
    return found;
  };
}

/** Routes that the gateways which they attach to do not know: `VirtualServicesForGateway` of Istio's pilot. */
function* hiddenRoutes({ model }: PortGraph, askers: AskersOf): Generator<Report> {
  for (const route of model.routes) {
    if (!isVirtualService(route) || route.unplaced || route.parents.length === 0) continue;
    const [first] = route.exportTo;
    if (!first || route.exportTo.some(isPlaceholder)) continue;
    const { proxies } = askers(route);
    const names = route.exportTo.map(({ value }) => value);
    if (proxies.length === 0 || proxies.some((namespace) => isVisible(names, namespace, route))) continue;
    const namespace = proxies[0]!;
    yield {
      message: `${describe(route)} is for a gateway in namespace \`${namespace}\`, and its exportTo hides it there`,
      resources: [route],
      field: 'spec.exportTo',
      ...(route.inMesh ? {} : { stopsTraffic: true as const }),
      labels: [{ at: first.at, message: 'the namespaces that may know it' }],
      notes: [
        'a gateway does not know a route that is hidden from the namespace of its Pods, and answers 404',
      ],
      help: [`add \`${namespace}\` to exportTo, or leave it out`],
    };
  }
}

/** `*` is everybody whatever stands beside it, then `~` nobody; `.` is the namespace of the host, no other word means it. */
const isVisible = (names: readonly string[], namespace: string, holder: Resource): boolean =>
  names.includes('*') ||
  (!names.includes('~') &&
    (names.includes(namespace) || (names.includes('.') && holder.namespace === namespace)));

interface Export {
  readonly name: string;
  readonly at: Located<string>;
}

function exportsOf(holder: Service | Resource): Export[] {
  if (isServiceEntry(holder)) return holder.exportTo.map((at) => ({ name: at.value, at }));
  const annotation = holder.shape === 'service' ? (holder as Service).annotations.get(ANNOTATION) : undefined;
  return (annotation?.value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ name, at: annotation! }));
}

export default hiddenByExport;
