import type { ControllerName } from '../../graph/links/controller.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { BackendLink } from '../../graph/links/route-links.ts';
import { admissionOf } from '../../graph/policies/admission.ts';
import { type Arrival, arrivalsAt, keptFrom } from '../../graph/policies/kept-from.ts';
import { isIstioGateway } from '../../model/istio.ts';
import type { Service, Workload } from '../../model/model.ts';
import type { Policy } from '../../model/policy.ts';
import { portNumber } from '../../model/ports.ts';
import { isWorkload, type Model } from '../../model/resource-set.ts';
import { programsOf } from './controller-programs.ts';
import { gatewayPods } from './gateway-pods.ts';

/** A backend that policies keep from the Pods that pass requests on to it. */
export interface KeptProxy {
  readonly link: BackendLink;
  readonly service: Service;
  readonly proxy: Workload;
  readonly behind: Arrival;
  readonly kept: 'out' | 'in';
  readonly policies: readonly [Policy, ...Policy[]];
}

/** Of routes whose proxies are in the input, the backends that none of these can reach; one for each Service port. */
export function* keptProxies(graph: PortGraph): Generator<KeptProxy> {
  const admission = admissionOf(graph.model);
  if (!admission.isAny) return;
  const told = new Set<string>();
  const proxiesOf = proxyFinder(graph.model);
  for (const link of graph.backends) {
    const { service, servicePort, state, route } = link;
    const number = portNumber(servicePort?.port);
    if (state !== 'whole' || !service || number === undefined) continue;
    const key = [route.kind, route.namespace, route.name, service.namespace, service.name, number].join('\0');
    if (told.has(key)) continue;
    const [proxy, ...others] = proxiesOf(link);
    const [behind, ...more] = proxy ? arrivalsAt(service, number, graph) : [];
    if (!proxy || !behind) continue;
    const kept = keptFrom(proxy, [behind, ...more], admission);
    if (!kept || others.some((one) => !keptFrom(one, [behind, ...more], admission))) continue;
    const [policy, ...rest] =
      kept === 'out' ? admission.isolating(proxy, 'egress') : admission.isolating(behind.workload, 'ingress');
    if (!policy) continue;
    told.add(key);
    yield { link, service, proxy, behind, kept, policies: [policy, ...rest] };
  }
}

/** The Pods that a gateway's selector means, that open an entry point, or that run the controller of the route. */
function proxyFinder(model: Model): (link: BackendLink) => readonly Workload[] {
  const podsOf = gatewayPods(model);
  const running = new Map<ControllerName, readonly Workload[]>();
  return ({ ways, controller: { name } }) => {
    const parents = [...new Set(ways.flatMap((way) => way.parents.flatMap(({ parent }) => parent ?? [])))];
    const opened = parents.flatMap((parent): readonly Workload[] => {
      if (isWorkload(parent)) return [parent];
      return isIstioGateway(parent) ? (podsOf(parent) ?? []) : [];
    });
    if (opened.length > 0) return opened;
    const programs = running.get(name) ?? programsOf(name, model);
    running.set(name, programs);
    return programs;
  };
}
