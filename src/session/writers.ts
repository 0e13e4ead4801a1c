import { groupOf } from '../model/kind.ts';
import type { Resource } from '../model/model.ts';
import { originOf } from '../text/origin.ts';
import type { Location, SourceFile } from '../text/source.ts';
import { readYaml } from '../text/yaml.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import { findAt, follow, type Step } from '../text/yaml-path.ts';

/**
 * Who wrote what a cluster has: the object of the same name among the files of the user, and there the same field with
 * the same value. Where a value was changed on the way, nobody is known to have written it.
 */
export class Writers {
  #written: ReadonlyMap<string, readonly Resource[]> = new Map();
  #live: ReadonlyMap<SourceFile, Resource> = new Map();
  readonly #roots = new Map<SourceFile, readonly YamlNode[]>();

  /** All that was loaded, of the cluster and of the files. */
  learn(resources: readonly Resource[]): void {
    const written = new Map<string, Resource[]>();
    for (const one of resources) {
      if (one.source.kind === 'cluster' || one.name === '') continue;
      const key = keyOf(one, 'unplaced' in one ? undefined : one.namespace);
      written.set(key, [...(written.get(key) ?? []), one]);
    }
    this.#written = written;
    this.#live = new Map(
      resources.filter(({ source }) => source.kind === 'cluster').map((one) => [one.source, one]),
    );
    this.#roots.clear();
  }

  readonly placeOf = (source: SourceFile, offset: number): Location | undefined => {
    const live = this.#live.get(source);
    if (!live || this.#written.size === 0) return undefined;
    const candidates = [live.namespace, undefined].flatMap(
      (namespace) => this.#written.get(keyOf(live, namespace)) ?? [],
    );
    const [root] = candidates.length > 0 ? this.#rootsOf(source) : [];
    const found = root && findAt(root, offset);
    if (!found) return undefined;
    for (const one of candidates) {
      const own = this.#rootsOf(one.source).findLast(({ start }) => start <= one.start);
      const there = own && follow(own, found.steps);
      if (!there || !isSame(there, found.node)) continue;
      const { start, end } = (found.isKey && keyOfStep(own, found.steps)) || there;
      const at = { source: one.source, start, end };
      const origin = originOf(at);
      return origin.kind === 'rendered' && origin.at ? origin.at : at;
    }
    return undefined;
  };

  /** Read when the first place is asked for, which most runs do for few objects. */
  #rootsOf(source: SourceFile): readonly YamlNode[] {
    const known = this.#roots.get(source);
    if (known) return known;
    const roots = readYaml(source.text, undefined, true).documents.flatMap(({ root }) => root ?? []);
    this.#roots.set(source, roots);
    return roots;
  }
}

/** The key itself, where that is what stands at the place. */
function keyOfStep(root: YamlNode, steps: readonly Step[]): YamlNode | undefined {
  const parent = follow(root, steps.slice(0, -1));
  const last = steps.at(-1);
  if (parent?.type !== 'map' || !last || !('key' in last)) return undefined;
  return parent.entries.find(({ key }) => key === last.key)?.keyNode;
}

const keyOf = ({ kind, apiVersion, name }: Resource, namespace: string | undefined): string =>
  [kind, groupOf(apiVersion), namespace, name].join('\0');

const isSame = (one: YamlNode, other: YamlNode): boolean =>
  one.type === other.type && (one.type !== 'scalar' || other.type !== 'scalar' || one.text === other.text);
