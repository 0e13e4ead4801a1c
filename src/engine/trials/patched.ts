import type { Resource } from '../../model/model.ts';
import { bundleOf } from '../../text/bundle.ts';
import { applyEdits } from '../../text/edits.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Edit, SourceFile } from '../../text/source.ts';
import { type DecodeOptions, decodeSource } from '../decode-source.ts';
import { PartFailed } from './trial-failed.ts';

/** The resources of a set after some edits, and how many characters had to be read again for them. */
export interface Patched {
  readonly resources: readonly Resource[];
  readonly read: number;
}

/** What was read, kept by the caller for as long as it tries. */
export interface Input {
  textOf(source: SourceFile): string;
  /** Those that are named between two places, in the order in which they are decoded. */
  resourcesIn(source: SourceFile, start: number, end: number): readonly Resource[];
}

/**
 * Applies edits to the documents that they are in and decodes these again; every other resource stays as it is.
 *
 * @returns undefined where an edited document cannot be read, or holds other objects than before
 * @throws {PartFailed} where a decoder fails on it
 */
export function patch(
  resources: readonly Resource[],
  edits: readonly Edit[],
  options: DecodeOptions,
  input: Input,
): Patched | undefined {
  let read = 0;
  const replaced = new Map<Resource, Resource>();
  for (const [source, changes] of groupBy(edits, ({ at }) => at.source)) {
    const text = input.textOf(source);
    // It says something else by now than what was checked.
    if (changes.some(({ at }) => at.end > text.length)) return undefined;
    const { start, end } = documentsAround(text, changes);
    const inside = changes.map(({ at, text }) => ({ start: at.start - start, end: at.end - start, text }));
    const changed = applyEdits(text.slice(start, end), inside);
    read += changed.length;
    const { resources: after, errors } = decodeSource(
      { path: source.path, kind: source.kind, editable: false, bundle: bundleOf({ source }), text: changed },
      options,
    );
    for (const { fault } of errors) if (fault) throw new PartFailed(fault.cause);
    // Items of a List are one document, near or not.
    const before = input.resourcesIn(source, start, end);
    if (errors.length > 0 || after.length !== before.length) return undefined;
    for (const [at, one] of before.entries()) replaced.set(one, after[at]!);
  }
  return { resources: resources.map((one) => replaced.get(one) ?? one), read };
}

/** Nothing but the mark of a new document can begin with three dashes at the start of a line (YAML 1.2, 9.1.2). */
function documentsAround(text: string, edits: readonly Edit[]): { start: number; end: number } {
  let first = text.length;
  let last = 0;
  for (const { at } of edits) {
    first = Math.min(first, at.start);
    last = Math.max(last, at.end);
  }
  const before = first === 0 ? -1 : text.lastIndexOf('\n---', first - 1);
  const after = text.indexOf('\n---', last);
  return { start: before < 0 ? 0 : before + 1, end: after < 0 ? text.length : after + 1 };
}
