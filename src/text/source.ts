/** How a source came to us; the words of the report (`sources[].kind`). */
export type SourceKind = 'file' | 'stdin' | 'url' | 'helm' | 'kustomize' | 'compose' | 'cluster';

/** What is applied together. Whoever brings a source says so; of a plain file it is the folder it lies in. */
export interface Bundle {
  /** A folder may be applied along with those around it; all others are complete: nothing else belongs to them. */
  readonly kind: 'folder' | 'chart' | 'kustomization' | 'cluster';
  /** A folder's path with `/` and `` for the working directory; a cluster's name. */
  readonly path: string;
  /** Of a cluster: whether all objects of a kind in a namespace are here, so that what is missing does not exist. */
  readonly holdsAll?: (group: string, kind: string, namespace: string) => boolean;
}

/** Where a piece of text came from. Files, standard input, rendered charts and live objects all become one of these. */
export interface SourceFile {
  /** As shown to people: relative to the working directory, with `/`; `-` for standard input; the URL itself. */
  readonly path: string;
  readonly kind: SourceKind;
  /**
   * The whole text without a byte order mark. An edge may read it again each time it is asked for (100,000 files
   * need not stay in memory), so ask for it once and keep what you need.
   */
  readonly text: string;
  /** False for what no file of the user holds: a fix may be shown, never written. */
  readonly editable: boolean;
  /**
   * Equal versions mean equal text. Given by an edge whose text can change behind its back; a text that is held in
   * memory needs none (see `versionOf`).
   */
  readonly version?: string;
  /** True once the text of this version cannot be had any more; `text` is empty then. */
  readonly isStale?: boolean;
  /** What is applied together with it; the folder of its path when left out (see `bundleOf`). */
  readonly bundle?: Bundle;
  /** Namespace of its objects that name none, where that is known of this source. */
  readonly namespace?: string;
  /**
   * Of rendered text: where a person wrote what stands at this offset, in a template, a patch or a file of values;
   * undefined where that is not known (see `originOf`).
   */
  readonly origin?: (offset: number) => Location | undefined;
}

/** Half-open range of UTF-16 offsets into `source.text`. */
export interface Location {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A value together with the characters that spelled it. One object, because a large input holds millions. */
export class Located<T> implements Location {
  readonly value: T;
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;

  constructor(value: T, source: SourceFile, start: number, end: number) {
    this.value = value;
    this.source = source;
    this.start = start;
    this.end = end;
  }

  /** The characters that spelled it; reads better than the value itself where a place is meant. */
  get at(): Location {
    return this;
  }
}

/** Replaces the text of `at`; an empty range inserts. */
export interface Edit {
  readonly at: Location;
  readonly text: string;
}

/** 1-based line and column; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const textOf = ({ source, start, end }: Location): string => source.text.slice(start, end);

/**
 * Answers offset → position for one text, in logarithmic time after one pass, and keeps nothing of the text itself.
 * Lines end at LF, CRLF or a lone CR, as YAML has it.
 */
export class LineStarts {
  readonly starts: Uint32Array;
  readonly #length: number;

  constructor(text: string) {
    this.starts = Uint32Array.from(text.includes('\r') ? startsOfAny(text) : startsOfLines(text));
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  positionOf(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: clamped - this.starts[low]! + 1 };
  }

  startOf(line: number): number {
    return this.starts[line - 1] ?? this.#length;
  }
}

/** Most texts end their lines at LF alone, and are searched much faster. */
function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function startsOfAny(text: string): number[] {
  const starts = [0];
  for (const ending of text.matchAll(/\r\n|\n|\r/g)) starts.push(ending.index + ending[0].length);
  return starts;
}
