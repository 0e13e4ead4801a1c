import { isVirtualService } from '../../model/istio.ts';
import type { Labels, Service, Workload } from '../../model/model.ts';
import { isNamespace } from '../../model/policy.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Located } from '../../text/source.ts';
import type { PortGraph } from '../links/port-graph.ts';

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';

/**
 * Finds the text by which Istio puts its proxy into the Pods of a workload; undefined where nothing of the input does.
 * What the Pods say goes before what their namespace says; on the network of a node there is never a proxy.
 */
export function injectionOf(model: Model): (workload: Workload) => Located<string> | undefined {
  const namespaces = groupBy(model.others.filter(isNamespace), ({ name }) => name);
  return (workload) => {
    if (keepsProxyOut(workload)) return undefined;
    const { template, namespace } = workload;
    const { labels } = template;
    const own = askedOf(template);
    if (own) return own;
    const revision = labels.get(REVISION);
    if (revision) return revision;
    const [said] = (namespaces.get(namespace) ?? []).flatMap((one) => enabledBy(one.labels) ?? []);
    return said;
  };
}

const askedOf = ({ labels, annotations }: Workload['template']): Located<string> | undefined =>
  labels.get(INJECT) ?? annotations.get(INJECT);

/** Whether there is certainly no proxy in the Pods of a workload. */
export function keepsProxyOut({ template }: Workload): boolean {
  const own = askedOf(template);
  return template.hostNetwork || (own !== undefined && own.value !== 'true');
}

function enabledBy(labels: Labels): Located<string> | undefined {
  const asked = labels.get('istio-injection');
  if (asked) return asked.value === 'enabled' ? asked : undefined;
  return labels.get(REVISION);
}

/** A workload that brings the proxy itself, as the gateways of Istio do: its ports are the proxy's own. */
export const isProxy = ({ template }: Workload): boolean =>
  template.containers.some(({ name }) => name === 'istio-proxy');

/** The Services whose traffic passes a proxy of Istio, each with the text that tells. */
export function meshedServices(graph: PortGraph): ReadonlyMap<Service, Located<string>> {
  const injection = injectionOf(graph.model);
  const found = new Map<Service, Located<string>>();
  for (const service of graph.model.services) {
    const workloads = graph.workloadsOf(service).filter((workload) => !isProxy(workload));
    const [said] = workloads.flatMap((workload) => injection(workload) ?? []);
    if (said) found.set(service, said);
  }
  for (const { route, service, backend } of graph.backends) {
    if (!service || !backend.service || !isVirtualService(route)) continue;
    if (!found.has(service)) found.set(service, backend.service);
  }
  return found;
}
