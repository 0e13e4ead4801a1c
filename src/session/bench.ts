import type { Bench } from '../fix/bench.ts';
import type { Report } from '../report/report.ts';
import type { SourceFile } from '../text/source.ts';

/** A bench that has to be cleared when the work is done. */
export interface OpenBench extends Bench {
  /** Takes away all that was put on it. */
  close(): void;
}

interface Updatable {
  sourceOf(path: string): SourceFile | undefined;
  /** What was put in the place of a file before; undefined where the file itself counts. */
  updateOf(path: string): SourceFile | undefined;
  update(source: SourceFile): void;
  forget(path: string): void;
}

/** Other texts in memory: for files that are applied as they are written. */
export function benchInMemory(session: Updatable, check: () => Promise<Report>): OpenBench {
  const put = new Map<string, string>();
  const before = new Map<string, SourceFile | undefined>();
  return {
    check,
    textOf: (path) => put.get(path) ?? session.sourceOf(path)?.text,
    put(path, text) {
      const source = session.sourceOf(path);
      if (!source) return;
      if (!before.has(path)) before.set(path, session.updateOf(path));
      const { kind, editable, bundle, namespace } = source;
      session.update({
        ...{ path, kind, editable, text },
        ...(bundle === undefined ? {} : { bundle }),
        ...(namespace === undefined ? {} : { namespace }),
      });
      put.set(path, text);
    },
    close() {
      for (const [path, update] of before) {
        if (update) session.update(update);
        else session.forget(path);
      }
    },
  };
}
