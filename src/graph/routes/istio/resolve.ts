import {
  type IstioMatch,
  type IstioRule,
  isDestinationRule,
  isVirtualService,
  type VirtualService,
} from '../../../model/istio.ts';
import { portNumber } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend } from '../../../model/route.ts';
import { definitionsNamed } from '../../links/definitions.ts';
import type { BackendLink, ParentLink, Way } from '../../links/route-links.ts';
import { type AskedBackend, handOver } from '../backends/follow-backend.ts';
import { pathsOf } from '../backends/paths.ts';
import type { RouteLinks } from '../backends/route-links.ts';
import { settingsOf } from './destination-rules.ts';
import { followDestination } from './destinations.ts';
import { type IstioIndex, istioIndex } from './istio-index.ts';
import { type Entrance, entrancesOf } from './istio-parents.ts';
import { throughSubset } from './subsets.ts';

/**
 * Every VirtualService: the Gateways and hosts by which traffic comes, and the destinations that it is sent to; and what
 * every DestinationRule is for.
 */
export function resolveIstio(model: Model): RouteLinks {
  const routes = model.routes.filter(isVirtualService);
  const rules = model.routes.filter(isDestinationRule);
  if (routes.length === 0 && rules.length === 0) return { parents: [], backends: [] };
  const index = istioIndex(model);
  const parents: ParentLink[] = [];
  const delegations: BackendLink[] = [];
  const ways = new Map<IstioRule, Way[]>();
  for (const route of routes) {
    const entrances = route.hosts.length > 0 ? entrancesOf(route, index) : [];
    for (const { link } of entrances) parents.push(link);
    for (const rule of route.rules) {
      const own = waysOf(rule, entrances);
      ways.set(rule, [...(ways.get(rule) ?? []), ...own]);
      if (!rule.delegate) continue;
      const link = handOver(asked(route, rule.delegate, own), partsFor(index, route, rule.delegate));
      delegations.push(link);
      if (link.delegate && isVirtualService(link.delegate)) pass(own, link, link.delegate);
    }
  }
  return {
    parents,
    backends: [
      // The parts that they lead to have the ways.
      ...delegations.map((link) => (link.delegate ? { ...link, ways: [] } : link)),
      ...routes.flatMap((route) => destinationsOf(route, ways, index)),
      ...rules.flatMap((rule) => settingsOf(rule, index)),
    ],
  };

  /** A part asks for a path of its own, inside the one that led to it; parts do not delegate further. */
  function pass(coming: readonly Way[], link: BackendLink, part: VirtualService): void {
    for (const rule of part.rules) {
      const paths = pathsOf(rule.matches);
      const there = coming.flatMap((way) =>
        (rule.matches.length === 0 ? [{}] : paths).map((path) => ({
          ...way,
          ...path,
          via: [link],
          route: link.route,
        })),
      );
      ways.set(rule, [...(ways.get(rule) ?? []), ...there]);
    }
  }
}

const asked = (route: VirtualService, backend: Backend, ways: readonly Way[]): AskedBackend => ({
  route,
  holder: route,
  backend,
  field: backend.field ?? 'spec.http',
  namespace: backend.namespace?.value ?? route.namespace,
  ways,
  controller: { name: 'istio', certain: true, className: undefined },
});

function partsFor(index: IstioIndex, route: VirtualService, backend: Backend): readonly VirtualService[] {
  const namespace = backend.namespace?.value ?? route.namespace;
  const named = index.virtualServicesNamed(namespace, backend.resource?.value ?? '');
  return definitionsNamed(index.model.budget, route, named);
}

const destinationsOf = (
  route: VirtualService,
  ways: ReadonlyMap<IstioRule, readonly Way[]>,
  index: IstioIndex,
): BackendLink[] =>
  route.rules.flatMap((rule) => {
    const coming = ways.get(rule) ?? [];
    const dialled = coming.map(({ port }) => port);
    const isMetByAll = !rule.matches.some(({ asksMore }) => asksMore);
    // What is answered before it is sent on comes to no destination.
    const answered = isMetByAll && rule.backends.find(({ answer }) => answer);
    const waysTo = (backend: Backend): readonly Way[] =>
      (answered ? backend === answered : !backend.answer && !isUnasked(backend)) ? coming : [];
    return rule.backends.flatMap((backend) =>
      followDestination(asked(route, backend, waysTo(backend)), dialled, index).map((link) =>
        throughSubset(link, index),
      ),
    );
  });

/** No client's request gets there by itself. */
const isUnasked = ({ role, weight }: Backend): boolean => role !== undefined || weight?.value === 0;

/** Each entrance that runs the rule, with each host and path that it asks for there. */
function waysOf(rule: IstioRule, entrances: readonly Entrance[]): Way[] {
  return entrances.flatMap((entrance) => {
    const { link, hosts, runs } = entrance;
    if (runs && runs !== rule.protocol) return [];
    const matches = rule.matches.filter((match) => isMet(match, entrance));
    if (rule.matches.length > 0 && matches.length === 0) return [];
    const named = rule.protocol === 'TCP' ? [undefined] : hosts;
    const asking = rule.protocol === 'TLS' ? namedBySni(matches, named) : named;
    const paths = rule.protocol === 'HTTP' ? pathsOf(matches) : [NO_PATH];
    return asking.flatMap((host) =>
      paths.map((path): Way => ({ host, ...path, port: link.port, protocol: 'TCP', parents: [link] })),
    );
  });
}

/** A match may be for some of the Gateways, and for one port. */
const isMet = ({ gateways, port }: IstioMatch, { gateway, link }: Entrance): boolean =>
  (gateways.length === 0 || gateways.includes(gateway)) &&
  (!port || link.port === undefined || portNumber(port) === link.port);

function namedBySni(
  matches: readonly IstioMatch[],
  hosts: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const names = matches.flatMap(({ sniHosts }) => sniHosts.map(({ value }) => value));
  return names.length > 0 ? [...new Set(names)] : hosts;
}

const NO_PATH = { path: undefined, pathType: undefined } as const;
