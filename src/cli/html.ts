import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import { concepts } from '../concepts/concepts.ts';
import { withConcepts } from '../concepts/find.ts';
import { conceptPages } from '../concepts/pages.ts';
import { pageDataOf } from '../report/page/data-of.ts';
import { dataPieces, htmlPieces, type PageFiles, servedHtml, styleSheet } from '../report/page/html.ts';
import type { PageData } from '../report/page/page-data.ts';
import type { Report } from '../report/report.ts';
import { pages } from '../rules/pages.ts';
import type { Texts } from '../session/ended-run.ts';
import { shellWord } from '../text/shell-word.ts';
import { type PageServer, type ServedPage, servePage } from '../ui-server/page-server.ts';

/** A report, and what it was made from. */
export interface Reported extends Pick<PageData, 'folder' | 'canWrite'> {
  readonly report: Report;
  readonly texts: Pick<Texts, 'textOf'>;
  readonly paths: readonly string[];
}

/** The report as a page: one file that opens from disk. Built as a file of its own, so that other runs never read it. */
export const htmlOf = (reported: Reported): Iterable<string> =>
  htmlPieces(dataOf(reported), pageFiles(), {
    hashOf: (text) => createHash('sha256').update(text).digest('base64'),
    deflate: (text, isLast) => deflateRawSync(text, isLast ? { level: LEVEL } : OPEN).toString('base64'),
  });

/** A twelfth of the text in half the time of the usual level. */
const LEVEL = 3;
/** Ends at a whole byte, so that more may follow. */
const OPEN = { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH };

interface Served extends Pick<ServedPage, 'apply'> {
  readonly port: number;
  readonly data: () => Reported;
}

/** The same page, from a server on this machine. */
export function pageOfServer({ port, data, apply }: Served): Promise<PageServer> {
  const files = pageFiles();
  return servePage(
    {
      html: servedHtml,
      script: files.script,
      style: styleSheet(files),
      data: () => dataPieces(dataOf(data())),
      apply,
    },
    port,
  );
}

const dataOf = ({ report, texts, paths, ...more }: Reported): PageData =>
  pageDataOf(report, {
    textOf: (path) => texts.textOf(path),
    pageOf: (rule) => {
      const page = pages.get(rule);
      return page === undefined ? undefined : withConcepts(page, rule);
    },
    concepts: concepts.map(({ id, name, rules }) => ({ name, rules, page: conceptPages.get(id) ?? '' })),
    given: paths.map(shellWord).join(' '),
    ...more,
  });

/** They lie beside the bundles. */
const pageFiles = (): PageFiles => ({
  script: readFileSync(join(__dirname, 'page-script.txt'), 'utf8').trimEnd(),
  style: readFileSync(join(__dirname, 'page-style.txt'), 'utf8').trimEnd(),
});
