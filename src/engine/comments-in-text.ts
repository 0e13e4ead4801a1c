import { groupBy } from '../text/group-by.ts';
import { originOf } from '../text/origin.ts';
import { partitionPoint } from '../text/partition-point.ts';
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
  readonly #byFile = new Map<string, OfFile>();
  /** Those that a person wrote, by rule and reason. */
  readonly #written = new Map<string, Ignore[]>();

  constructor(comments: readonly PlacedComment[]) {
    for (const comment of comments) this.#add(comment);
  }

  /** Those that a person wrote: a renderer copies what stands in a template. */
  get ignores(): Ignore[] {
    return [...this.#byFile.values()]
      .flatMap(({ all }) => all)
      .flatMap(({ ignore }) => (isRendered(ignore.at) ? [] : ignore));
  }

  /** What the line of a place says of a rule. */
  on(rule: string, place: Location): Ignore[] {
    const { source, start } = place;
    if (!this.#byFile.has(source.path)) {
      // Built text leads to files that nobody named.
      this.#byFile.set(source.path, { all: [], byRule: undefined });
      for (const comment of commentsIn(source)) this.#add(comment);
    }
    const ofRule = byRuleOf(this.#byFile.get(source.path)!).get(rule) ?? [];
    const first = partitionPoint(ofRule, ({ comment }) => comment.to + NEARBY <= start);
    const behind = partitionPoint(ofRule, ({ comment }) => comment.from <= start);
    return ofRule.slice(first, behind).flatMap(({ comment, ignore }) => {
      if (start <= comment.to) return isRendered(ignore.at) ? this.#templatesOf(ignore) : ignore;
      if (!isRendered(place)) ignore.missed ??= place;
      return [];
    });
  }

  /** The comments that one was copied from; itself where they lie elsewhere. */
  #templatesOf(copy: Ignore): readonly Ignore[] {
    return this.#written.get(keyOf(copy)) ?? [copy];
  }

  #add(comment: PlacedComment): void {
    const { source, start, end, reason } = comment;
    const ofFile = this.#byFile.get(source.path) ?? { all: [], byRule: undefined };
    this.#byFile.set(source.path, ofFile);
    ofFile.byRule = undefined;
    const rules = comment.rules.length > 0 ? comment.rules : [''];
    for (const rule of rules) {
      const ignore: Ignore = { by: 'comment', rule, reason, at: { source, start, end }, hides: 0 };
      ofFile.all.push({ comment, ignore });
      if (isRendered(ignore.at)) continue;
      const same = this.#written.get(keyOf(ignore));
      if (same) same.push(ignore);
      else this.#written.set(keyOf(ignore), [ignore]);
    }
  }
}

interface OfFile {
  readonly all: Written[];
  /** In the order of the lines that they are about; made when it is asked for. */
  byRule: ReadonlyMap<string, readonly Written[]> | undefined;
}

function byRuleOf(ofFile: OfFile): ReadonlyMap<string, readonly Written[]> {
  ofFile.byRule ??= groupBy(
    ofFile.all.toSorted((a, b) => a.comment.from - b.comment.from || a.comment.to - b.comment.to),
    ({ ignore }) => ignore.rule,
  );
  return ofFile.byRule;
}

const keyOf = ({ rule, reason }: Ignore): string => `${rule}\0${reason}`;

const isRendered = (at: Location): boolean => originOf(at).kind === 'rendered';
