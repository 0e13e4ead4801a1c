import { areApart } from '../../model/apart.ts';
import { formerName } from '../../model/former-name.ts';
import type { Resource, Service } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import type { Backend } from '../../model/route.ts';
import type { SourceFile } from '../../text/source.ts';
import { isMisspelling } from './near-miss.ts';

/**
 * Whether the input shows that a Service which it lacks is missing, and not merely kept somewhere else: charts are
 * installed by hand, and only the Ingress before them lies in the repository. It is plain where the input has what
 * must have been meant: a Service of nearly this name or of this name in another namespace, a workload of this name
 * that no Service stands for, or a Service in the referring file itself that no route of that file names.
 */
export function isPlainlyMissing(model: Model, from: Resource, namespace: string, name: string): boolean {
  const isWith = (one: Resource): boolean => !areApart(from, one);
  const here = model.servicesIn(namespace).filter(isWith);
  return (
    here.some((service) => isNearly(service.name, name) || wasCalled(service, from, name)) ||
    model.workloadsIn(namespace).some((workload) => workload.name === name && isWith(workload)) ||
    model.services.some((service) => service.name === name && isWith(service)) ||
    isNamedByNone(
      model,
      from,
      // What was built is one text, whatever files it was written in.
      here.filter(({ source }) => source === from.source && source.origin === undefined),
    )
  );
}

/**
 * A Service of this name that may be the one, as either it or who names it says no namespace: `kubectl apply -n` and
 * kustomizations say which.
 */
export function movableNamesake(model: Model, from: Resource, name: string): Service | undefined {
  const namesakes = model.services.filter((service) => service.name === name);
  return from.unplaced ? namesakes[0] : namesakes.find(({ unplaced }) => unplaced);
}

/** A build renamed it, and did not follow the name to where it is used. */
const wasCalled = (service: Service, from: Resource, name: string): boolean =>
  service.source === from.source && service.name.includes(name) && formerName(service) === name;

/** `peir` for `pier`, and `pier` for `pier-svc`. */
function isNearly(there: string, wanted: string): boolean {
  const plain = (name: string): string => name.replace(/-(?:svc|srv|service)$/, '');
  return plain(there) === plain(wanted) || isMisspelling(wanted, there);
}

function isNamedByNone(model: Model, from: Resource, services: readonly Service[]): boolean {
  if (services.length === 0) return false;
  const named = namesAskedIn(model).get(from.source);
  return services.some((service) => !named?.has(service.name));
}

/** Kept for each set: it is asked for with every Service that is missing. */
const asked = new WeakMap<Model, ReadonlyMap<SourceFile, ReadonlySet<string>>>();

/** The Services that the routes of each file name. */
function namesAskedIn(model: Model): ReadonlyMap<SourceFile, ReadonlySet<string>> {
  const known = asked.get(model);
  if (known) return known;
  const names = new Map<SourceFile, Set<string>>();
  const note = ({ source }: Resource, backend: Backend | undefined): void => {
    if (!backend?.service) return;
    const there = names.get(source) ?? new Set();
    names.set(source, there.add(backend.service.value.split('.', 1)[0]!));
  };
  for (const ingress of model.ingresses) note(ingress, ingress.defaultBackend);
  for (const route of model.routes) {
    for (const { backends } of route.rules) for (const backend of backends) note(route, backend);
  }
  asked.set(model, names);
  return names;
}
