import { originOf } from '../text/origin.ts';
import type { Location } from '../text/source.ts';
import { commentsIn, type PlacedComment } from './decode-source.ts';

/** One ignore in the manifests: what it hides, or what is wrong with it. */
export interface Ignore {
  readonly by: 'annotation' | 'comment';
  readonly rule: string;
  readonly reason: string;
  readonly at: Location;
  hides: number;
  /** What its rule marks a few lines below, and it is not about. */
  missed?: Location;
}

/** Some lines: the port of a Service has no more. */
const NEARBY = 200;

interface Written {
  readonly comment: PlacedComment;
  readonly ignore: Ignore;
}

/** The comments that say what should not count, by the lines that they are about. */
export class CommentsInText {
  readonly #byPath = new Map<string, Written[]>();

  constructor(comments: readonly PlacedComment[]) {
    for (const comment of comments) this.#add(comment);
  }

  /** Those that a person wrote: a renderer copies what stands in a template. */
  get ignores(): Ignore[] {
    return [...this.#byPath.values()].flat().flatMap(({ ignore }) => (isRendered(ignore.at) ? [] : ignore));
  }

  /** What the line of a place says of a rule. */
  on(rule: string, place: Location): Ignore[] {
    const { source, start } = place;
    if (!this.#byPath.has(source.path)) {
      // Built text leads to files that nobody named.
      this.#byPath.set(source.path, []);
      for (const comment of commentsIn(source)) this.#add(comment);
    }
    const ofRule = this.#byPath.get(source.path)!.filter(({ ignore }) => ignore.rule === rule);
    for (const { comment, ignore } of ofRule)
      if (start > comment.to && start < comment.to + NEARBY && !isRendered(place)) ignore.missed ??= place;
    return ofRule
      .filter(({ comment }) => start >= comment.from && start <= comment.to)
      .flatMap(({ ignore }) => (isRendered(ignore.at) ? this.#templatesOf(ignore) : ignore));
  }

  /** The comments that one was copied from; itself where they lie elsewhere. */
  #templatesOf(copy: Ignore): Ignore[] {
    const originals = this.ignores.filter(({ rule, reason }) => rule === copy.rule && reason === copy.reason);
    return originals.length > 0 ? originals : [copy];
  }

  #add(comment: PlacedComment): void {
    const { source, start, end, reason } = comment;
    const all = this.#byPath.get(source.path) ?? [];
    this.#byPath.set(source.path, all);
    const rules = comment.rules.length > 0 ? comment.rules : [''];
    for (const rule of rules)
      all.push({ comment, ignore: { by: 'comment', rule, reason, at: { source, start, end }, hides: 0 } });
  }
}

const isRendered = (at: Location): boolean => originOf(at).kind === 'rendered';
