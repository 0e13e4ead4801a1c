import type { InputError } from '../sources/input-error.ts';
import type { Planned } from '../sources/planned.ts';
import type { Location, SourceFile } from '../text/source.ts';
import type { RenderedSource } from './rendered-source.ts';

/** What became of a root. */
export interface RootResult {
  readonly planned: Planned;
  readonly sources: readonly RenderedSource[];
  readonly errors: readonly InputError[];
  /** Absolute paths of the files that it stands for: what was built of them is checked in their place. */
  readonly covers: Iterable<string>;
  /** Other ways to render it, each when it is asked for. */
  readonly variations?: readonly (() => Promise<Variation | undefined>)[];
}

/** A chart rendered in another way than the usual one. */
export interface Variation {
  /** What was changed: `service.port`, or a file of values. */
  readonly what: string;
  /** How: `is 46213`, `is true`, `is given`. */
  readonly how: string;
  readonly isPort: boolean;
  /** Where the value stands. */
  readonly at: Location;
  /** The chart, as its source is called. */
  readonly of: string;
  readonly source: SourceFile;
}
