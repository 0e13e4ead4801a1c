import type { ReportLocation } from '../report/report.ts';
import { originOf } from '../text/origin.ts';
import { LineStarts, type Location, type SourceFile } from '../text/source.ts';

/** Turns offsets into lines and columns. */
export interface Locator {
  (at: Location): ReportLocation;
  /** Where a person wrote what stands there, as far as that is another place and known. */
  originOf(at: Location): { readonly origin?: ReportLocation };
}

/** Keeps where the lines of each source start, and no text. */
export function locator(): Locator {
  const lines = new Map<SourceFile, LineStarts>();
  const locate = ({ source, start, end }: Location): ReportLocation => {
    const starts = lines.get(source) ?? new LineStarts(source.text);
    lines.set(source, starts);
    const from = starts.positionOf(start);
    const to = starts.positionOf(end);
    return {
      path: source.path,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  };
  return Object.assign(locate, {
    originOf: (at: Location): { readonly origin?: ReportLocation } => {
      const origin = originOf(at);
      return origin.kind === 'rendered' && origin.at ? { origin: locate(origin.at) } : {};
    },
  });
}
