import type { Report } from '../report.ts';
import type { Hunk } from '../text/fix-diff.ts';
import type { Excerpts } from './excerpts.ts';

/** No text of the page is shown any further: a name may have megabytes, and stands at each of its links. */
export const LONGEST = 4000;

/** An idea behind rules, and its page, as Markdown. */
export interface PageConcept {
  readonly name: string;
  readonly rules: readonly string[];
  readonly page: string;
}

/** What the page shows: the report as every reader gets it, and beside it what a report does not hold. */
export interface PageData {
  readonly report: Report;
  /** The lines around every place that the report names; what is secret is dots. */
  readonly excerpts: Excerpts;
  /** For each finding of the report, in its order, and each of its fixes: the lines that it changes. */
  readonly changes: readonly (readonly (readonly Hunk[])[])[];
  /** The pages of the rules that found something, as Markdown, by id. */
  readonly pages: Readonly<Record<string, string>>;
  /** The concepts behind those rules. */
  readonly concepts: readonly PageConcept[];
  /** What the run was given, as a shell takes it: `k8s/`. */
  readonly given: string;
  /** The folder that paths are relative to, on this machine; only where the page stays on it. */
  readonly folder?: string;
  /** Whether the server of the page applies fixes. */
  readonly canWrite?: boolean;
}
