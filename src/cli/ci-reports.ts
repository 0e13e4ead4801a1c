import { closeSync, openSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { renderGithub } from '../report/ci/github.ts';
import { renderGitlab } from '../report/ci/gitlab.ts';
import { renderJunit } from '../report/ci/junit.ts';
import { renderMarkdown } from '../report/ci/markdown.ts';
import { renderPrometheus } from '../report/ci/prometheus.ts';
import { renderRdjsonl } from '../report/ci/rdjsonl.ts';
import type { Report } from '../report/report.ts';
import type { Texts } from '../session/ended-run.ts';
import { CI_REPORTS } from './outputs.ts';
import { writeAll } from './write.ts';

type CiFormat = (typeof CI_REPORTS)[number];

export const isCiFormat = (format: string): format is CiFormat =>
  CI_REPORTS.some((known) => known === format);

/** A report for whoever reads it in a build: each is a function of the report, and of where the project begins. */
export function renderForCi(format: CiFormat, report: Report, texts: Pick<Texts, 'textOf'>): string {
  const { GITHUB_WORKSPACE, CI_PROJECT_DIR } = process.env;
  const folder = folderIn(GITHUB_WORKSPACE ?? CI_PROJECT_DIR);
  switch (format) {
    case 'github':
      return renderGithub(report, { folder: folderIn(GITHUB_WORKSPACE) });
    case 'gitlab':
      return renderGitlab(report, { folder: folderIn(CI_PROJECT_DIR) });
    case 'junit':
      return renderJunit(report, { folder });
    case 'rdjsonl':
      return renderRdjsonl(report, {
        folder,
        textOf: (path) => texts.textOf(path),
      });
    case 'markdown':
      return renderMarkdown(report, { folder });
    case 'prometheus':
      return renderPrometheus(report);
  }
}

/**
 * GitHub shows ten annotations of a kind, and a page for each job: with the one, the table goes onto the other, behind
 * what other steps wrote there.
 *
 * @throws Error naming the file, when it cannot be written
 */
export function addToStepSummary(report: Report): void {
  const { GITHUB_STEP_SUMMARY: file, GITHUB_WORKSPACE } = process.env;
  if (!file) return;
  try {
    const descriptor = openSync(file, 'a');
    try {
      writeAll(descriptor, `${renderMarkdown(report, { folder: folderIn(GITHUB_WORKSPACE) })}\n`);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new Error(`cannot write the step summary ${file}: ${(error as Error).message}`);
  }
}

/** The working directory, from the project's root; undefined where it lies elsewhere. */
function folderIn(root: string | undefined): string | undefined {
  if (!root) return undefined;
  const way = relative(root, process.cwd()).split(sep).join('/');
  return way.startsWith('..') ? undefined : way;
}
