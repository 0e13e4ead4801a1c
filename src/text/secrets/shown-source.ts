import { LineStarts } from '../source.ts';
import { trimEndOf } from '../trim-end.ts';
import { chunksOf } from '../yaml-split.ts';
import { hideSecrets } from './hide-in-source.ts';

/**
 * A source as it may be shown, with every offset as it was. Of thousands of documents a frame shows few lines, so a
 * document is looked through when something of it is asked for.
 */
export class ShownSource extends LineStarts {
  readonly #text: string;
  /** Where each part begins that is looked through by itself. */
  readonly #parts: readonly number[];
  readonly #shown = new Map<number, string>();
  /** A long line may be that of thousands of findings. */
  #last: { readonly line: number; readonly text: string } | undefined;

  constructor(text: string) {
    super(text);
    this.#text = text;
    this.#parts = [0, ...Array.from(chunksOf(text), ({ start }) => start).slice(1)];
  }

  /** Whether it is this text that it shows. */
  isOf(text: string): boolean {
    return this.#text === text;
  }

  get isEmpty(): boolean {
    return this.#text === '';
  }

  slice(start: number, end: number): string {
    let shown = '';
    for (let at = this.#partOf(start); at < this.#parts.length && this.#parts[at]! < end; at++) {
      const from = this.#parts[at]!;
      shown += this.#part(at).slice(Math.max(0, start - from), end - from);
    }
    return shown;
  }

  /** The text of a 1-based line without its ending; empty for a line that does not exist. */
  lineText(line: number): string {
    if (line < 1 || line > this.lineCount) return '';
    if (this.#last?.line !== line) {
      const text = trimEndOf(this.slice(this.startOf(line), this.startOf(line + 1)), '\r\n');
      this.#last = { line, text };
    }
    return this.#last.text;
  }

  #part(index: number): string {
    const known = this.#shown.get(index);
    if (known !== undefined) return known;
    const shown = hideSecrets(this.#text.slice(this.#parts[index]!, this.#parts[index + 1]));
    this.#shown.set(index, shown);
    return shown;
  }

  #partOf(offset: number): number {
    let low = 0;
    let high = this.#parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#parts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
