import type { PortGraph } from '../graph/links/port-graph.ts';
import type { SelectorLink, TargetPortLink } from '../graph/links/service-links.ts';
import { bindFinder } from '../graph/processes/bind-of.ts';
import { parseImage } from '../knowledge/image-reference.ts';
import { describe } from '../model/describe.ts';
import type { Service, ServicePort, Workload } from '../model/model.ts';
import { identityOf } from '../model/resource-set.ts';
import { isTest, isTransient } from '../questions/services/transient.ts';
import { areNeighbours } from '../text/bundle.ts';
import { groupBy } from '../text/group-by.ts';
import { defineRule, type Rule } from './rule.ts';

const overlappingSelector: Rule = defineRule({
  id: 'overlapping-selector',
  severity: 'warning',
  summary: 'A Service selects Pods of another workload besides those that serve its port.',

  *check(graph) {
    const { mayStray, isStray } = strays(graph);
    const { budget } = graph.model;
    let selectors: Map<Service, SelectorLink[]> | undefined;
    for (const { service, links } of overlaps(graph)) {
      const byPort = groupBy(links, ({ servicePort }) => servicePort);
      const serving = new Map<ServicePort, readonly TargetPortLink[]>();
      for (const [workload, own] of groupBy(links, (link) => link.workload)) {
        const found = own.filter(mayStray).flatMap((stray) => {
          const others = serving.get(stray.servicePort) ?? unlike(byPort.get(stray.servicePort) ?? []);
          serving.set(stray.servicePort, others);
          const server = budget.allows(others.length, service)
            ? others.find((other) => isStray(stray, other))
            : undefined;
          return server ? [{ stray, server }] : [];
        })[0];
        if (!found) continue;
        const { stray, server } = found;
        const port = stray.servicePort.port?.value ?? '?';
        selectors ??= groupBy(graph.selectors, (link) => link.service);
        const selector = selectors.get(service)?.find((link) => link.workload === workload);
        yield {
          message: isTransient(workload)
            ? `${describe(service)} selects the Pods of ${describe(workload)} too, which get traffic for port ${port} while they run`
            : `${describe(service)} selects ${describe(workload)} too, which does not declare ${stray.number}, the target of port ${port}`,
          resources: [service, workload],
          field: `spec.selector[${workload.kind}/${workload.name}]`,
          ...(selector ? { link: selector } : {}),
          labels: [
            { at: service.selectorAt, message: 'matches both' },
            { at: workload.template.labelsAt, message: 'these Pods get a share of the traffic' },
            { at: server.workload.template.labelsAt, message: `these serve port ${port}` },
          ],
          notes: [
            'traffic is spread over every ready Pod that the selector matches; what reaches a Pod that does not listen there is refused, now and then',
          ],
          help: [
            'give the Pods that serve the port a label that the others lack, such as `app.kubernetes.io/component`, and name it in the selector',
          ],
        };
      }
    }
  },
});

/**
 * Of those that can serve, two of each sort that a stray one is compared with alike: from one file, with the same
 * images. One of the two is another than the stray one. Replicas under many names would all be compared with all.
 */
function unlike(links: readonly TargetPortLink[]): readonly TargetPortLink[] {
  const sorts = new Map<string, TargetPortLink[]>();
  for (const link of links) {
    const { workload, declared } = link;
    if (isTransient(workload)) continue;
    const images = imagesOf(workload).sort();
    const key = JSON.stringify([workload.source.path, declared !== undefined, images]);
    const sort = sorts.get(key) ?? [];
    const [first] = sort;
    if (sort.length === 0) sorts.set(key, sort);
    if (!first || (sort.length < 2 && identityOf(first.workload) !== identityOf(workload))) sort.push(link);
  }
  const kept = new Set([...sorts.values()].flat());
  return links.filter((link) => kept.has(link));
}

/** Services with several workloads that may be applied together. */
function* overlaps(graph: PortGraph): Generator<{ service: Service; links: TargetPortLink[] }> {
  for (const service of graph.model.services) {
    const links = graph
      .targetPortsOf(service)
      .filter(({ state, distant, workload }) => state === 'whole' && !distant && !isTest(workload));
    if (links.length > service.ports.length) yield { service, links };
  }
}

/** Whether a workload gets traffic for a port that only the other one is seen to serve. */
function strays(graph: PortGraph): {
  /** Asked before each pair: most links are none. */
  readonly mayStray: (stray: TargetPortLink) => boolean;
  readonly isStray: (stray: TargetPortLink, server: TargetPortLink) => boolean;
} {
  const bindOf = bindFinder(graph);
  const mayStray = (stray: TargetPortLink): boolean =>
    (isTransient(stray.workload) || stray.declared === undefined) &&
    // Known to listen there, or known not to, which is the concern of unbound-target-port.
    bindOf(stray)?.state === 'unproved';
  const isStray = (stray: TargetPortLink, server: TargetPortLink): boolean => {
    if (isTransient(server.workload)) return false;
    if (identityOf(stray.workload) === identityOf(server.workload)) return false;
    // Both at once are certain only where they lie together, or the Service with the stray one.
    if (!areNeighbours(stray.workload, server.workload) && !areNeighbours(stray.workload, stray.service))
      return false;
    if (isTransient(stray.workload)) return true;
    return server.declared !== undefined && !shareImage(stray.workload, server.workload);
  };
  return { mayStray, isStray };
}

/** Two of one image are one application, whatever they declare: a canary, a shard. */
function shareImage(a: Workload, b: Workload): boolean {
  const images = new Set(imagesOf(a));
  return imagesOf(b).some((image) => images.has(image));
}

const imagesOf = ({ template }: Workload): string[] =>
  template.containers.flatMap(({ role, image }) =>
    image && role !== 'init' ? [parseImage(image.value)?.name ?? image.value] : [],
  );

export default overlappingSelector;
