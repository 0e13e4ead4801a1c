import type { Kinds } from '../model/kind.ts';
import type { Observation } from '../model/observation.ts';
import type { Bundle, SourceFile } from '../text/source.ts';
import type { Served } from './api/discover.ts';
import type { Lister } from './api/lister.ts';
import type { JsonObject } from './json.ts';
import { References } from './objects/references.ts';
import { toSource, type WrittenAt } from './objects/to-source.ts';
import { Owners } from './pods/owners.ts';

/** What a reading of one cluster has so far: what was had, and what the next lists are told by. */
export class Reading {
  readonly lister: Lister;
  readonly owners: Owners = new Owners();
  readonly references: References = new References();
  readonly sources: SourceFile[] = [];
  readonly observations: Observation[] = [];
  /** When it began, as RFC 3339. */
  readonly now: string = new Date().toISOString().replace(/\.\d+/, '');
  readonly #bundle: Bundle;
  readonly #kinds: Kinds;
  readonly #writtenAt: WrittenAt;

  constructor(name: string, lister: Lister, kinds: Kinds, writtenAt: WrittenAt) {
    this.lister = lister;
    this.#kinds = kinds;
    this.#writtenAt = writtenAt;
    this.#bundle = {
      kind: 'cluster',
      path: name,
      holdsAll: (group, kind, namespace) => lister.hasAll(group, kind, namespace),
    };
  }

  sourceOf(object: JsonObject, served: Served): SourceFile {
    return toSource(object, served, {
      bundle: this.#bundle,
      kinds: this.#kinds,
      writtenAt: this.#writtenAt,
    });
  }

  take(sources: readonly SourceFile[], seen: readonly Observation[] = []): void {
    for (const one of sources) this.sources.push(one);
    for (const one of seen) this.observations.push(one);
  }

  /** Takes an object in; a workload also tells who makes Pods, and what of. */
  add(object: JsonObject, served: Served): void {
    this.owners.add(object, served);
    this.references.add(object);
    this.sources.push(this.sourceOf(object, served));
  }
}
