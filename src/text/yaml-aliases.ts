import { YamlFault } from './yaml-error.ts';
import type { YamlNode } from './yaml-node.ts';

interface Anchored {
  readonly node: YamlNode;
  /** How many nodes it stands for with its aliases followed; undefined while its text is still being read. */
  size: number | undefined;
}

/**
 * The anchors of one document. Nodes are shared, not copied, but whoever walks the tree walks every alias: so a few
 * lines could stand for billions of nodes, and go-yaml's measure of what is too many is kept here.
 */
export class Aliases {
  /** All nodes so far, aliases followed. */
  size = 0;
  #aliased = 0;
  readonly #anchors = new Map<string, Anchored>();

  open(name: string, node: YamlNode): void {
    this.#anchors.set(name, { node, size: undefined });
  }

  close(name: string, node: YamlNode, size: number): void {
    const anchored = this.#anchors.get(name);
    if (anchored?.node === node) anchored.size = size;
  }

  follow(name: string, offset: number): YamlNode {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined)
      throw new YamlFault(offset, `the alias \`*${name}\` has no anchor \`&${name}\` before it`);
    if (anchored.size === undefined) throw new YamlFault(offset, `the anchor \`&${name}\` contains itself`);
    this.size += anchored.size;
    this.#aliased += anchored.size;
    if (this.#aliased > 100 && this.size > 1000 && this.#aliased / this.size > allowedRatio(this.size)) {
      throw new YamlFault(offset, 'the aliases of this document unfold to far more than it says');
    }
    return anchored.node;
  }
}

/** `allowedAliasRatio` of go-yaml v2: nearly all of a small document may be aliases, a tenth of a huge one. */
function allowedRatio(size: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (size <= low) return 0.99;
  if (size >= high) return 0.1;
  return 0.99 - 0.89 * ((size - low) / (high - low));
}
