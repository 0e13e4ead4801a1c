import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageDataOf } from '../report/page/data-of.ts';
import { htmlPieces, type PageFiles } from '../report/page/html.ts';
import type { Report } from '../report/report.ts';
import { pages } from '../rules/pages.ts';
import type { Session } from '../session/session.ts';
import { shellWord } from '../text/shell-word.ts';

/** The report as a page: one file that opens from disk. Built as a file of its own, so that other runs never read it. */
export const htmlOf = (report: Report, session: Session, paths: readonly string[]): Iterable<string> =>
  htmlPieces(
    pageDataOf(report, {
      textOf: (path) => session.textOf(path),
      pageOf: (rule) => pages.get(rule),
      given: paths.map(shellWord).join(' '),
    }),
    pageFiles(),
    (text) => createHash('sha256').update(text).digest('base64'),
  );

/** They lie beside the bundles. */
const pageFiles = (): PageFiles => ({
  script: readFileSync(join(__dirname, 'page-script.txt'), 'utf8').trimEnd(),
  style: readFileSync(join(__dirname, 'page-style.txt'), 'utf8').trimEnd(),
});
