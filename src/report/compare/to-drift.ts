import type { ReportDrift, ReportDriftHop } from '../report.ts';
import type { ComparedChain, ComparedHop } from './compare.ts';

/** What a comparison found, for programs: by the ids of the report's chains and links, which hold all else. */
export const toDrift = (chains: readonly ComparedChain[]): ReportDrift[] =>
  chains.map(({ files, cluster, hops, isSame }) => ({
    files: files?.id ?? null,
    cluster: cluster?.id ?? null,
    same: isSame,
    hops: hops.map(toHop),
  }));

const toHop = ({ files, cluster, isSame, next }: ComparedHop): ReportDriftHop => ({
  files: files?.id ?? null,
  cluster: cluster?.id ?? null,
  same: isSame,
  next: next.map(toHop),
});
