import { matches } from '../../model/label-selector.ts';
import type { Workload } from '../../model/model.ts';
import { isMonitor, type Monitor } from '../../model/monitor.ts';
import type { Model } from '../../model/resource-set.ts';
import type { MonitorLink } from '../links/caller-links.ts';
import { definitionsFor } from '../links/definitions.ts';
import { unproved } from '../links/lacks/lacking.ts';
import { whole } from '../links/proofs/proving.ts';
import { doubtOf, startOf } from './monitor-end.ts';
import { podPorts } from './pod-port.ts';

/** Each endpoint of each PodMonitor, followed to the ports that its Pods declare (S-185). */
export const resolvePodMonitors = (model: Model): MonitorLink[] =>
  model
    .ofKind('PodMonitor')
    .filter(isMonitor)
    .flatMap((monitor) => {
      const all = workloadsOf(model, monitor);
      const workloads = model.budget.first(all, monitor, monitor.endpoints.length);
      return monitor.endpoints.flatMap((endpoint): MonitorLink[] => {
        const start = startOf(monitor, endpoint);
        const wanted = endpoint.port?.value ? endpoint.port : (endpoint.portNumber ?? endpoint.targetPort);
        if (workloads.length === 0) {
          const object = { kind: 'Pods', namespace: monitor.namespace, name: undefined };
          return [{ ...start, ...unproved('selected-pods', { object }) }];
        }
        if (!wanted) {
          return workloads.map((workload) => ({ ...start, workload, ...whole('scrapes-declared') }));
        }
        return podPorts(wanted, workloads, doubtOf(model, monitor, workloads.length < all.length)).map(
          (answer) => ({
            ...start,
            ...answer,
          }),
        );
      });
    });

function workloadsOf(model: Model, monitor: Monitor): readonly Workload[] {
  const { namespaces, selector } = monitor;
  const near = namespaces === 'any' ? model.workloads : namespaces.flatMap((name) => model.workloadsIn(name));
  if (!model.budget.allows(near.length, monitor)) return [];
  return definitionsFor(
    monitor,
    near.filter(({ template }) => matches(selector, template.labels) === true),
  );
}
