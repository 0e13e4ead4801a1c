import { type DecodedSource, type DecodeOptions, decodeSource } from '../engine/decode-source.ts';
import { bundleOf, isSameBundle } from '../text/bundle.ts';
import type { SourceFile } from '../text/source.ts';
import { versionOf } from '../text/version.ts';

/**
 * What the sources of the last run were decoded to; no text and no tree. A source of the same version is not decoded
 * again, and one that did not come again is forgotten.
 */
export class DecodedSources {
  #last = new Map<string, DecodedSource>();
  #next = new Map<string, DecodedSource>();
  #options: DecodeOptions = {};

  /** @param options a change of these makes everything new */
  begin({ namespace, strict, kinds }: DecodeOptions): void {
    const before = this.#options;
    const isSame = before.namespace === namespace && before.strict === strict && before.kinds === kinds;
    this.#last = isSame ? this.#next : new Map();
    this.#next = new Map();
    this.#options = { namespace, strict, kinds };
  }

  readonly decode = (source: SourceFile): DecodedSource => {
    const { path } = source;
    const known = this.#last.get(path);
    const decoded = known && isSame(known.source, source) ? known : decodeSource(source, this.#options);
    this.#next.set(path, decoded);
    return decoded;
  };

  end(): void {
    this.#last = new Map();
  }
}

/** A rendered text that is the same may still come from another place. */
const isSame = (known: SourceFile, now: SourceFile): boolean =>
  !known.isStale &&
  known.kind === now.kind &&
  known.origin === now.origin &&
  known.namespace === now.namespace &&
  known.editable === now.editable &&
  isSameBundle(bundleOf({ source: known }), bundleOf({ source: now })) &&
  versionOf(known) === versionOf(now);
