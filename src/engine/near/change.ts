import type { Resource } from '../../model/model.ts';
import type { Unread } from '../../model/resource-set.ts';
import type { SourceFile } from '../../text/source.ts';

/** A source of the last run that says something else or is gone, or one that came. */
export interface ChangedSource {
  readonly before: SourceFile | undefined;
  readonly after: SourceFile | undefined;
}

/** What a change did to the input. */
export interface Change {
  /** The sources that changed, as they were and as they are. */
  readonly sources: readonly SourceFile[];
  /** Their objects as they were. */
  readonly before: ReadonlySet<Resource>;
  /** And as they are. */
  readonly after: readonly Resource[];
  /** Those that something else lies in, too. */
  readonly namespaces: ReadonlySet<string>;
  /** What of them could not be read, before and after. */
  readonly unread: readonly Unread[];
  /** Whether it is another question now whether anything at all could not be read. */
  readonly turns: boolean;
}
