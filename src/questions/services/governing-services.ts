import { findService } from '../../graph/services/find-service.ts';
import { isHeadless } from '../../model/headless.ts';
import type { Service, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import type { Located } from '../../text/source.ts';

/** A StatefulSet whose Pods get no names of their own, as its `serviceName` leads to no headless Service. */
export interface NamelessPods {
  readonly workload: Workload;
  readonly serviceName: Located<string>;
  /** The Service that is there and has a cluster IP; undefined where there is none. */
  readonly service: Service | undefined;
}

export const namelessPods = (model: Model): NamelessPods[] =>
  model.workloads.flatMap((workload): NamelessPods[] => {
    const { serviceName } = workload;
    if (!serviceName || serviceName.value === '') return [];
    const found = findService(model, workload, workload.namespace, serviceName);
    if (!found.services) {
      return found.verdict.state === 'broken' ? [{ workload, serviceName, service: undefined }] : [];
    }
    const isGoverned = found.services.some((service) => service.outside || isHeadless(service));
    return isGoverned ? [] : [{ workload, serviceName, service: found.services[0] }];
  });
