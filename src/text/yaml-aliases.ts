import { YamlFault } from './yaml-error.ts';
import type { YamlNode } from './yaml-node.ts';

/** Empty while its text is still being read. */
export interface Anchor {
  node?: YamlNode;
  /** How many nodes it stands for with its aliases followed; until then, how many stand before it. */
  size: number;
  /** The same in characters of aliases. */
  length: number;
}

/** etcd takes no object beyond this many bytes (its `--max-request-bytes`), so no document that is applied needs more. */
const MOST_UNFOLDED = 1.5 * 1024 * 1024;
/** Of what the document says itself: a List may be larger than any of its objects. */
const MOST_TIMES = 10;

/**
 * The anchors of one document. Nodes are shared, not copied, but whoever walks the tree walks every alias: so a few
 * lines could stand for billions of nodes, and go-yaml's measure of what is too many is kept here. It counts a script of
 * a megabyte as one, and who reads scripts reads it as often as it is meant: so characters are counted, too.
 */
export class Aliases {
  /** All nodes so far, aliases followed. */
  size = 0;
  #aliased = 0;
  /** Characters that aliases stand for. */
  #unfolded = 0;
  /** Where the first anchored node begins. */
  #first: number | undefined;
  #anchors: Map<string, Anchor> | undefined;

  /** From here on, aliases of this name mean what follows, and no longer what had the name before. */
  open(name: string): Anchor {
    const anchor: Anchor = { size: this.size, length: this.#unfolded };
    this.#anchors ??= new Map();
    this.#anchors.set(name, anchor);
    return anchor;
  }

  close(anchor: Anchor, node: YamlNode): void {
    anchor.node = node;
    anchor.size = this.size - anchor.size;
    anchor.length = node.end - node.start + this.#unfolded - anchor.length;
    this.#first ??= node.start;
  }

  follow(name: string, offset: number): YamlNode {
    const anchor = this.#anchors?.get(name);
    if (anchor === undefined)
      throw new YamlFault(offset, `the alias \`*${name}\` has no anchor \`&${name}\` before it`);
    if (anchor.node === undefined) throw new YamlFault(offset, `the anchor \`&${name}\` contains itself`);
    this.size += anchor.size;
    this.#aliased += anchor.size;
    this.#unfolded += anchor.length;
    const own = offset - (this.#first ?? offset);
    const isTooLong = this.#unfolded > MOST_UNFOLDED && this.#unfolded > MOST_TIMES * own;
    const isTooMany =
      this.#aliased > 100 && this.size > 1000 && this.#aliased / this.size > allowedRatio(this.size);
    if (isTooLong || isTooMany) {
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
