import { YamlFault } from './yaml-error.ts';
import type { YamlNode } from './yaml-node.ts';

/** Empty while its text is still being read. */
export interface Anchor {
  node?: YamlNode;
  /** How many nodes it stands for with its aliases followed; until then, how many stand before it. */
  size: number;
}

/**
 * The anchors of one document. Nodes are shared, not copied, but whoever walks the tree walks every alias: so a few
 * lines could stand for billions of nodes, and go-yaml's measure of what is too many is kept here.
 */
export class Aliases {
  /** All nodes so far, aliases followed. */
  size = 0;
  #aliased = 0;
  #anchors: Map<string, Anchor> | undefined;

  /** From here on, aliases of this name mean what follows, and no longer what had the name before. */
  open(name: string): Anchor {
    const anchor: Anchor = { size: this.size };
    this.#anchors ??= new Map();
    this.#anchors.set(name, anchor);
    return anchor;
  }

  close(anchor: Anchor, node: YamlNode): void {
    anchor.node = node;
    anchor.size = this.size - anchor.size;
  }

  follow(name: string, offset: number): YamlNode {
    const anchor = this.#anchors?.get(name);
    if (anchor === undefined)
      throw new YamlFault(offset, `the alias \`*${name}\` has no anchor \`&${name}\` before it`);
    if (anchor.node === undefined) throw new YamlFault(offset, `the anchor \`&${name}\` contains itself`);
    this.size += anchor.size;
    this.#aliased += anchor.size;
    if (this.#aliased > 100 && this.size > 1000 && this.#aliased / this.size > allowedRatio(this.size)) {
      throw new YamlFault(offset, 'the aliases of this document unfold to far more than it says');
    }
    return anchor.node;
  }
}

/** `allowedAliasRatio` of go-yaml v2: nearly all of a small document may be aliases, a tenth of a huge one. */
function allowedRatio(size: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (size <= low) return 0.99;
  if (size >= high) return 0.1;
  return 0.99 - 0.89 * ((size - low) / (high - low));
}
