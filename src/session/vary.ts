import { type CheckOptions, type CheckResult, checkLoaded } from '../engine/check.ts';
import type { DecodeOptions } from '../engine/decode-source.ts';
import { type Loaded, load } from '../engine/load.ts';
import type { Chain } from '../graph/links/chain.ts';
import { endsOf } from '../graph/links/ends.ts';
import { wordLink } from '../graph/links/evidence.ts';
import type { Link } from '../graph/links/link.ts';
import { describe } from '../model/describe.ts';
import type { BrokenVariation } from '../model/variation.ts';
import type { Variation } from '../render/root.ts';
import { originOf } from '../text/origin.ts';
import type { Location } from '../text/source.ts';

/** Checks a chart as it is rendered with other values, and tells of chains that break only then. */
export function brokenVariations(
  loaded: Loaded,
  variations: readonly Variation[],
  options: DecodeOptions & Omit<CheckOptions, 'rules'>,
): BrokenVariation[] {
  const usual = checkLoaded(loaded, { ...options, rules: [] });
  const broken = new Set(
    chainsOf(usual)
      .filter(({ state }) => state === 'broken')
      .map(wayIn),
  );
  return variations.flatMap((variation) => {
    const varied = checkLoaded(load([variation.source], options), { ...options, rules: [] });
    for (const chain of chainsOf(varied)) {
      if (chain.state !== 'broken' || broken.has(wayIn(chain))) continue;
      const link = chain.links.find(({ state }) => state === 'broken');
      if (!link || (variation.isPort && !isCoupled(link, varied, variation))) continue;
      return [toBroken(variation, chain, link)];
    }
    return [];
  });
}

const chainsOf = ({ sets }: CheckResult): Chain[] => sets.flatMap(({ graph }) => graph.chains);

/** Without the port, which is what is changed. */
const wayIn = ({ entry: { kind, resource, host, path } }: Chain): string =>
  [kind, resource.kind, resource.namespace, resource.name, host, path].join('\0');

/**
 * To say where a process listens and be wrong is the user's mistake, not the chart's. It is the chart's where the same
 * value is what clients use, or where the rest of the chart does not follow.
 */
function isCoupled(link: Link, { sets }: CheckResult, { how }: Variation): boolean {
  if (link.kind !== 'bind' && link.kind !== 'probe') return true;
  const number = how.slice('is '.length);
  return sets.some(({ graph }) =>
    graph.model.services.some(({ ports }) => ports.some(({ port }) => String(port?.value) === number)),
  );
}

function toBroken({ what, how, at, isPort }: Variation, { entry }: Chain, link: Link): BrokenVariation {
  const { from, to } = endsOf(link);
  return {
    what,
    how,
    at,
    isPort,
    entry: describe(entry.resource),
    reason: wordLink(link),
    ends: [from.at, to?.at].flatMap((end) => writtenOf(end) ?? []),
  };
}

function writtenOf(at: Location | undefined): Location | undefined {
  const origin = at && originOf(at);
  return origin?.kind === 'rendered' ? origin.at : undefined;
}
