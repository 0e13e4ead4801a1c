import { placeWithin } from '../../graph/clients/place.ts';
import { type ClientText, clientTexts } from '../../graph/clients/texts.ts';
import { isHeadless } from '../../model/headless.ts';
import type { Service, Workload } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Location } from '../../text/source.ts';

/** The name of one Pod of a StatefulSet, as another dials it, that the DNS does not answer. */
export interface DialledPod {
  readonly from: ClientText;
  readonly at: Location;
  /** `db-0.db` */
  readonly host: string;
  readonly workload: Workload;
  readonly service: Service;
  /** `other`: the Pods take their names from another Service. `cluster-ip`: this Service gives none. */
  readonly lacks: 'other' | 'cluster-ip';
}

const OF_POD = /(?<![\w.-])([a-z](?:[a-z0-9-]*[a-z0-9])?)-(\d+)\.([a-z][a-z0-9-]*)(?:\.([a-z][a-z0-9-]*))?/g;

/**
 * Names of Pods before a Service that does not give them: a Pod has one only under the headless Service that its
 * StatefulSet names (S-182).
 */
export function* dialledPods(model: Model): Generator<DialledPod> {
  const sets = groupBy(
    model.workloads.filter(({ kind }) => kind === 'StatefulSet'),
    ({ name }) => name,
  );
  if (sets.size === 0) return;
  for (const from of clientTexts(model, (value) => /-\d+\./.test(value))) {
    for (const found of from.text.value.matchAll(OF_POD)) {
      const [host, name = '', , service = '', next] = found;
      const namespace = next === undefined || next === 'svc' ? from.client.namespace : next;
      const workload = sets.get(name)?.find((one) => one.namespace === namespace);
      const named = workload && model.servicesNamed(namespace, service)[0];
      const lacks = named && lackOf(workload, named);
      if (!lacks || [workload, named, from.client].some((one) => one.unsettled)) continue;
      const { at } = placeWithin(from.text, found.index, found.index + host.length);
      yield { from, at, host, workload, service: named, lacks };
    }
  }
}

function lackOf({ serviceName }: Workload, service: Service): DialledPod['lacks'] | undefined {
  if (isPlaceholder(serviceName) || service.outside || service.type?.value === 'ExternalName')
    return undefined;
  if (serviceName?.value !== service.name) return 'other';
  return isHeadless(service) ? undefined : 'cluster-ip';
}
