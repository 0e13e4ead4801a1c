import type { PortGraph } from '../graph/links/port-graph.ts';
import { listenerOwnersOf } from '../graph/routes/gateway/listener-owners.ts';
import { refusalOf, refusedListeners } from '../graph/routes/gateway/refused-listeners.ts';
import { isConfigValue } from '../model/misfit.ts';
import type { Refusal } from '../model/refusal.ts';
import type { SourceFile } from '../text/source.ts';
import { portFieldsOf } from './port-fields.ts';

/** Ports, and values that hold text, have rules of their own, which know more of them. */
export function toldByPortRules(graph: PortGraph): (refusal: Refusal) => boolean {
  let places: Map<SourceFile, Set<number>> | undefined;
  let ofListeners: ReadonlySet<Refusal | undefined> | undefined;
  return (refusal) => {
    const { at, toldHere } = refusal;
    ofListeners ??= new Set(
      listenerOwnersOf(graph.model).flatMap((owner) =>
        owner.refusals ? refusedListeners(owner).map(refusalOf) : [],
      ),
    );
    if (ofListeners.has(refusal)) return true;
    if (toldHere) return false;
    places ??= placesOf(graph);
    return places.get(at.source)?.has(at.start) ?? false;
  };
}

/** What `external-name-port` tells. */
const ADDRESS_OR_PORT = /^[^:]+:\d+$|^\[?[\da-f.]*:[\da-f.]*:[\da-f:.]*\]?(?::\d+)?$/i;

function placesOf(graph: PortGraph): Map<SourceFile, Set<number>> {
  const places = new Map<SourceFile, Set<number>>();
  const add = ({ source, start }: { source: SourceFile; start: number }): void => {
    const there = places.get(source);
    if (there) there.add(start);
    else places.set(source, new Set([start]));
  };
  for (const { value, range } of portFieldsOf(graph)) {
    // Where any number will do, what the server says of one is told as of other fields.
    if (value && !(range === 'any' && typeof value.value === 'number')) add(value);
  }
  for (const { template } of graph.model.workloads)
    for (const { probes } of template.containers) for (const { scheme } of probes) if (scheme) add(scheme);
  for (const { backend, fault, state } of graph.backends)
    if (fault === 'no-port-given' && state === 'broken' && backend.service) add(backend.service);
  for (const { externalName } of graph.model.services)
    if (externalName && ADDRESS_OR_PORT.test(externalName.value)) add(externalName);
  for (const { misfits } of graph.model.resources)
    for (const misfit of misfits) if (isConfigValue(misfit)) add(misfit.got);
  return places;
}
