import { plural } from '../plural.ts';
import type { ReportChain, ReportLink } from '../report.ts';
import { sanitizeLine, withoutCommands } from '../sanitize.ts';
import { ageOf } from '../text/age.ts';
import type { Style } from '../text/style.ts';
import { askedOf, foundOf, HOP, HOP_WIDTH } from '../trace/hop-words.ts';
import { nameOf } from '../trace/node.ts';
import type { ComparedChain, ComparedHop } from './compare.ts';

export interface ComparisonOptions {
  readonly style: Style;
  /** Milliseconds since 1970, for the age of what was seen. */
  readonly now: number;
}

/** What the files say, what the cluster has and what was seen of it, chain by chain; chains that are the same are one line. */
export function renderComparison(chains: readonly ComparedChain[], options: ComparisonOptions): string {
  const blocks = chains.flatMap((chain) => [...drawChain(chain, options), ...(chain.isSame ? [] : [''])]);
  return withoutCommands(`${[...blocks, options.style.bold(summaryOf(chains))].join('\n')}\n`);
}

function drawChain({ files, cluster, hops, isSame }: ComparedChain, options: ComparisonOptions): string[] {
  const { style } = options;
  const title = sanitizeLine(titleOf((files ?? cluster)!));
  if (isSame) return [`${style.dim('=')} ${title}`];
  const only = files ? ', in Git alone' : ', in the cluster alone';
  const head = `${style.error('≠')} ${style.bold(title)}${files && cluster ? '' : style.error(only)}`;
  return [head, ...hops.flatMap((hop) => drawHop(hop, options))];
}

function titleOf({ entry: { resource, host, path, port, protocol } }: ReportChain): string {
  const way = host === null ? '' : ` ${host}${path ?? ''}`;
  return `${nameOf(resource)}${way}${port === null ? '' : ` port ${port}/${protocol}`}`;
}

function drawHop({ files, cluster, next, isSame }: ComparedHop, options: ComparisonOptions): string[] {
  const { style } = options;
  const link = (files ?? cluster)!;
  const name = (HOP[link.kind] ?? link.kind).padEnd(HOP_WIDTH);
  const lines = isSame
    ? [`  ${style.dim('=')} ${name}  ${sanitizeLine(wordsOf(link))}`]
    : [
        `  ${style.error('≠')} ${name}  ${sideOf('Git', files, style)}`,
        `    ${' '.repeat(HOP_WIDTH)}  ${sideOf('cluster', cluster, style)}`,
      ];
  const seen = seenOf(cluster, options.now).map(
    (words) => `    ${' '.repeat(HOP_WIDTH)}  ${style.dim(sanitizeLine(`seen     ${words}`))}`,
  );
  return [...lines, ...seen, ...next.flatMap((hop) => drawHop(hop, options))];
}

const wordsOf = (link: ReportLink): string => `${askedOf(link)} → ${foundOf(link)}`;

function sideOf(who: string, link: ReportLink | undefined, style: Style): string {
  const label = who.padEnd('cluster'.length);
  if (!link) return `${label}  ${style.error('nothing')}`;
  const places = [link.from, link.to].flatMap((end) => {
    const at = end?.location;
    return at ? `${at.path}:${at.line}:${at.column}` : [];
  });
  return `${label}  ${sanitizeLine(wordsOf(link))}  ${style.dim(sanitizeLine([...new Set(places)].join(' → ')))}`;
}

const MOST_SEEN = 3;

function seenOf(link: ReportLink | undefined, now: number): string[] {
  const seen = (link?.grounds ?? []).filter(({ at }) => at !== undefined);
  return seen
    .slice(0, MOST_SEEN)
    .map(({ says, at = '' }) => [says, ageOf(at, now)].filter(Boolean).join(', '));
}

function summaryOf(chains: readonly ComparedChain[]): string {
  const count = (isCounted: (chain: ComparedChain) => boolean): number => chains.filter(isCounted).length;
  const parts = [
    [count(({ isSame }) => isSame), 'the same'],
    [
      count(({ isSame, files, cluster }) => !isSame && files !== undefined && cluster !== undefined),
      'not the same',
    ],
    [count(({ cluster }) => cluster === undefined), 'in Git alone'],
    [count(({ files }) => files === undefined), 'in the cluster alone'],
  ] as const;
  const all = parts.flatMap(([number, words]) => (number > 0 ? `${number} ${words}` : []));
  return `${plural(chains.length, 'chain')}${all.length > 0 ? `: ${all.join(', ')}` : ''}`;
}
