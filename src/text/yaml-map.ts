import { YamlFault } from './yaml-error.ts';
import type { YamlEntry, YamlMap, YamlNode } from './yaml-node.ts';

/** Up to so many entries, looking through them all is faster than keeping an index. */
const FEW = 16;

/**
 * The entries of a map while it is read. go-yaml v2 sets keys in the order of the text, so the last one wins; that
 * goes for merged keys too: `<<` overrides the keys above it and is overridden by those below.
 */
export class MapEntries {
  readonly list: YamlEntry[] = [];
  #positions: Map<string, number> | undefined;
  #merged: Set<YamlEntry> | undefined;

  put(entry: YamlEntry): void {
    const position = this.#find(entry.key);
    if (position !== -1) {
      this.list[position] = entry;
      return;
    }
    this.#positions?.set(entry.key, this.list.length);
    this.list.push(entry);
  }

  /** Merges a map, or a list of maps of which the earlier win. */
  merge(source: YamlNode): void {
    const maps: readonly YamlNode[] = source.type === 'list' ? source.items.toReversed() : [source];
    if (!maps.every((map): map is YamlMap => map.type === 'map')) {
      throw new YamlFault(source.start, '`<<` merges a map or a list of maps, nothing else');
    }
    this.#merged ??= new Set();
    for (const map of maps) {
      for (const { key, keyNode, value } of map.entries) {
        const entry = { key, keyNode, value };
        this.#merged.add(entry);
        this.put(entry);
      }
    }
  }

  /** Puts the merged entries last. */
  finish(): void {
    const merged = this.#merged;
    if (merged !== undefined) this.list.sort((a, b) => Number(merged.has(a)) - Number(merged.has(b)));
  }

  #find(key: string): number {
    if (this.list.length > FEW) {
      this.#positions ??= new Map(this.list.map((entry, position) => [entry.key, position]));
      return this.#positions.get(key) ?? -1;
    }
    for (let position = 0; position < this.list.length; position++) {
      if (this.list[position]!.key === key) return position;
    }
    return -1;
  }
}
