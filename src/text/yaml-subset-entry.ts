import type { YamlEntry, YamlNode, YamlScalar } from './yaml-node.ts';
import { keyText, resolvePlain } from './yaml-scalar.ts';
import { handOver } from './yaml-subset-scalar.ts';

/** An entry of a block map. Few look at the node of a key, so that it is made for those who do. */
export class SubsetEntry implements YamlEntry {
  readonly key: string;
  readonly value: YamlNode;
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #isQuoted: boolean;

  /** @param text of the key, without its quotes */
  constructor(text: string, start: number, end: number, isQuoted: boolean, value: YamlNode) {
    this.key = isQuoted ? text : (keyText(resolvePlain(text), text) ?? handOver());
    this.value = value;
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#isQuoted = isQuoted;
  }

  get keyNode(): YamlScalar {
    const text = this.#text;
    const value = this.#isQuoted ? text : resolvePlain(text);
    return { type: 'scalar', start: this.#start, end: this.#end, value, text, quoted: this.#isQuoted };
  }
}
