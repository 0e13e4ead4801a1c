import type { Report, ReportFinding, ReportLink } from '../report.ts';
import { nodeOf } from './node.ts';

/** Links that are no part of a chain, and keep traffic from its Pods all the same. */
const IN_THE_WAY: ReadonlySet<string> = new Set(['policy', 'probe', 'config']);

/** Errors at the workloads of a chain: a policy that drops what comes in, a probe that keeps the Pods from being ready. */
export function errorsBeside(report: Report, links: readonly ReportLink[]): readonly ReportFinding[] {
  const errors = report.findings.filter(({ severity, link }) => severity === 'error' && link !== null);
  if (errors.length === 0) return [];
  const workloads = new Set(links.flatMap(({ kind, to }) => (kind === 'selector' && to ? nodeOf(to) : [])));
  const byId = new Map(report.links.map((link) => [link.id, link]));
  return errors.filter(({ link: id }) => {
    const link = byId.get(id!);
    if (!link || !IN_THE_WAY.has(link.kind) || links.some((one) => one.id === id)) return false;
    return [link.from, link.to].some((end) => end && workloads.has(nodeOf(end)));
  });
}
