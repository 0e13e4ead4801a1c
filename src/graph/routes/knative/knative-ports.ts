import { isKnativeService, type KnativeService } from '../../../model/knative.ts';
import type { Container, ContainerPort } from '../../../model/model.ts';
import { portNumber } from '../../../model/ports.ts';
import type { Model } from '../../../model/resource-set.ts';

/** The Pod port to which Knative sends every request for one of its Services. */
export interface KnativePort {
  readonly workload: KnativeService;
  readonly container: Container;
  readonly number: number;
  readonly declared: ContainerPort | undefined;
}

/** One for each Service of Knative whose port is known; requests pass Knative's own proxy in the Pod (S-175). */
export const knativePortsOf = (model: Model): KnativePort[] =>
  model.workloads.filter(isKnativeService).flatMap((workload) => {
    const { served: container, servedPort } = workload;
    const number = portNumber(servedPort);
    return container && number !== undefined
      ? [{ workload, container, number, declared: container.ports[0] }]
      : [];
  });
