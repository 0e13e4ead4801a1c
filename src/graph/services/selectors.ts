import type { Service, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import { selects } from '../../model/selector.ts';
import { definitionsFor } from '../links/definitions.ts';
import { unproved } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import type { SelectorLink } from '../links/service-links.ts';
import { type Miss, nearMissFinder } from './near-miss.ts';
import { workloadIndex } from './workload-index.ts';

/** Services whose selector the endpoint controllers follow: an ExternalName's is not (S-047), an empty one selects nothing (S-021). */
export const isSelecting = (service: Service): boolean =>
  service.selector.size > 0 && service.type?.value !== 'ExternalName';

/** Every Service with a selector, followed to the workloads whose Pod templates it matches (S-020, S-056). */
export function resolveSelectors(model: Model): SelectorLink[] {
  const services = model.services.filter(isSelecting);
  const find = workloadIndex(model, services);
  const found = services.map((service) => ({
    service,
    workloads: model.budget.first(
      definitionsFor(
        service,
        find(service).filter((workload) => selects(service.selector, workload)),
      ),
      service,
      1 + service.ports.length,
    ),
  }));
  const nearMissOf = nearMissFinder(model, new Set(found.flatMap(({ workloads }) => workloads)));
  return found.flatMap(({ service, workloads }) =>
    workloads.length > 0
      ? workloads.map((workload) => matched(service, workload))
      : [unmatched(service, nearMissOf(service))],
  );
}

const matched = (service: Service, workload: Workload): SelectorLink => ({
  kind: 'selector',
  service,
  workload,
  nearest: undefined,
  ...whole('labels-of-selector'),
  evidence: 'declared',
});

function unmatched(service: Service, miss: Miss | undefined): SelectorLink {
  return {
    kind: 'selector',
    service,
    workload: undefined,
    nearest: miss?.nearest,
    evidence: 'declared',
    ...(miss?.proof
      ? broken('no-labels-of-selector', { namespace: service.namespace })
      : unproved('pods-of-selector', {
          object: { kind: 'Pods', namespace: service.namespace, name: undefined },
        })),
  };
}
