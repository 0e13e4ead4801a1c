import type { Report } from '../report/report.ts';
import type { Choice, Proposal } from './proposal.ts';

/** Why a file that a fix would change may not be written, by its path as shown; undefined where it may. */
export type Writable = (path: string) => string | undefined;

/** Proposals whose files may all be written, and why the others are not made. */
export function onlyWritable(
  choose: Choice,
  report: Report,
  whyNot: Writable,
): {
  readonly choose: Choice;
  readonly refused: readonly (Proposal & { readonly reason: string })[];
} {
  const reasons = new Map<string, string | undefined>();
  const reasonFor = ({ fix }: Pick<Proposal, 'fix'>): string | undefined => {
    for (const { path } of fix.edits) {
      if (!reasons.has(path)) reasons.set(path, whyNotSource(report, path) ?? whyNot(path));
      const reason = reasons.get(path);
      if (reason !== undefined) return `${path}: ${reason}`;
    }
    return undefined;
  };
  return {
    choose: (finding) => {
      const fix = choose(finding);
      return fix && reasonFor({ fix }) === undefined ? fix : undefined;
    },
    refused: report.findings.flatMap((finding) => {
      const fix = choose(finding);
      const reason = fix && reasonFor({ fix });
      return fix && reason !== undefined ? { finding, fix, reason } : [];
    }),
  };
}

function whyNotSource({ sources }: Report, path: string): string | undefined {
  switch (sources.find((one) => one.path === path)?.kind) {
    case 'stdin':
      return 'standard input is not a file; name the file';
    case 'url':
      return 'it was fetched; only files are written';
    case 'helm':
    case 'kustomize':
    case 'compose':
    case 'cluster':
      return 'nobody wrote this text';
    default:
      return undefined;
  }
}
