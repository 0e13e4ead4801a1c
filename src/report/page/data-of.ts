import { ShownSource } from '../../text/secrets/shown-source.ts';
import type { Report } from '../report.ts';
import { hunksOf } from '../text/fix-diff.ts';
import { excerptsOf } from './excerpts.ts';
import type { PageConcept, PageData } from './page-data.ts';

export interface PageOptions extends Pick<PageData, 'given' | 'folder' | 'canWrite'> {
  /** The text of a source; undefined where it cannot be had. */
  readonly textOf: (path: string) => string | undefined;
  /** The page of a rule, as Markdown. */
  readonly pageOf: (rule: string) => string | undefined;
  /** Every concept that there is. */
  readonly concepts: readonly PageConcept[];
}

/** Columns of the diffs of fixes. */
const ROOM = 120;

/** Gathers what the page shows of a report. */
export function pageDataOf(report: Report, { textOf, pageOf, concepts, ...more }: PageOptions): PageData {
  const sources = new Map<string, ShownSource | undefined>();
  const sourceOf = (path: string): ShownSource | undefined => {
    if (!sources.has(path)) {
      const text = textOf(path);
      sources.set(path, text === undefined ? undefined : new ShownSource(text));
    }
    return sources.get(path);
  };
  const rules = [...new Set(report.findings.map(({ rule }) => rule))].sort();
  return {
    report,
    excerpts: excerptsOf(report, textOf),
    changes: report.findings.map(({ fixes }) => fixes.map((fix) => hunksOf(fix, sourceOf, ROOM))),
    pages: Object.fromEntries(
      rules.flatMap((rule) => {
        const page = pageOf(rule);
        return page === undefined ? [] : [[rule, page]];
      }),
    ),
    concepts: concepts.filter((concept) => rules.some((rule) => concept.rules.includes(rule))),
    ...more,
  };
}
