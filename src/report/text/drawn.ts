import { ShownSource } from '../../text/secrets/shown-source.ts';
import type { ReportFinding } from '../report.ts';

/** What a finding is drawn from, as far as that may be another one the next time. */
interface Drawing {
  readonly width: number;
  readonly sourceOf: (path: string) => ShownSource | undefined;
}

/** A finding as it was drawn, with all that it was drawn from besides itself. */
interface Block {
  readonly text: string;
  readonly width: number;
  readonly sources: ReadonlyMap<string, ShownSource | undefined>;
}

/** What a report was drawn to, for the next one that says much of the same. */
export class Drawn {
  #before: ReadonlyMap<string, ShownSource> = new Map();
  #sources = new Map<string, ShownSource>();
  /** A report that was amended has most findings of the one before: the same objects. */
  readonly #blocks = new WeakMap<ReportFinding, Block>();

  /**
   * Another report is drawn; sources that the last one did not show are forgotten.
   *
   * @returns a source as it is shown, the same one again while it holds the same text
   */
  begin(): (path: string, text: string) => ShownSource {
    this.#before = this.#sources;
    this.#sources = new Map();
    return (path, text) => {
      const known = this.#sources.get(path) ?? this.#before.get(path);
      const source = known?.isOf(text) ? known : new ShownSource(text);
      this.#sources.set(path, source);
      return source;
    };
  }

  /** @param draw from the context that it is given */
  block<D extends Drawing>(finding: ReportFinding, context: D, draw: (context: D) => string): string {
    const known = this.#blocks.get(finding);
    const { width, sourceOf } = context;
    const isSame = ([path, source]: readonly [string, ShownSource | undefined]): boolean =>
      source !== undefined && sourceOf(path) === source;
    if (known?.width === width && [...known.sources].every(isSame)) return known.text;
    const sources = new Map<string, ShownSource | undefined>();
    const text = draw({
      ...context,
      sourceOf: (path) => {
        const source = sourceOf(path);
        sources.set(path, source);
        return source;
      },
    });
    if (!finding.notes.some(hasAge)) this.#blocks.set(finding, { text, width, sources });
    return text;
  }
}

/** It grows older while nothing else changes. */
const hasAge = (note: string): boolean => note.startsWith('seen at ');
