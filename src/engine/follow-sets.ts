import { buildInPieces } from '../graph/build.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import type { Settings } from '../graph/links/settings.ts';
import { undecoded } from '../model/decode.ts';
import type { Resource, Service } from '../model/model.ts';
import type { Model } from '../model/resource-set.ts';
import { splitIntoSets } from '../model/sets.ts';
import { causeWithoutText, type LocatedFault } from '../text/fault.ts';
import { atOnce, type Pieces } from '../text/pieces.ts';
import type { Kept } from './kept.ts';
import type { Loaded } from './load.ts';

export interface FollowOptions {
  /** Folders that are sets of their own; when left out, folders that define the same object are. */
  readonly setDirs?: readonly string[] | undefined;
  /** What the run knows besides the manifests; the defaults when left out. */
  readonly settings?: Settings | undefined;
  /** Services that live outside the input, with their ports; and whether one with unknown ports does. */
  readonly services?: readonly Service[] | undefined;
  readonly isOutside?: Model['isOutside'] | undefined;
  /** What the last run left, and this one leaves; nothing is kept when left out. */
  readonly kept?: Kept | undefined;
}

type Followed = Pick<Loaded, 'resources' | 'unread'>;

export interface FollowedSets {
  readonly graphs: readonly PortGraph[];
  /** Objects that were set aside, as following their references threw. */
  readonly faults: readonly LocatedFault[];
}

/** Whatever of these many objects throws, those of their kinds are set aside together. */
const MOST_BY_ITSELF = 8;

/**
 * Splits the input into sets and follows every reference. An object with which that throws, in whichever room of the
 * graph, is set aside like a document that does not parse: it costs what it says itself, and all else is followed.
 */
export function* followSets(loaded: Followed, options: FollowOptions): Pieces<FollowedSets> {
  const faults: LocatedFault[] = [];
  let left = loaded;
  for (;;) {
    try {
      return { graphs: yield* graphsOf(left, options), faults };
    } catch (thrown) {
      const blamed = toBlame(left, (some) => atOnce(graphsOf(some, { ...options, kept: undefined })));
      // Nothing is left to set aside.
      if (blamed.length === 0) throw thrown;
      const kinds = new Set(blamed.map(({ kind }) => kind));
      const all =
        faults.length < MOST_BY_ITSELF ? blamed : left.resources.filter(({ kind }) => kinds.has(kind));
      for (const one of all) faults.push(faultOf(one, thrown));
      left = without(left, new Set(all));
    }
  }
}

function* graphsOf(
  { resources, unread }: Followed,
  { setDirs, services = [], isOutside, settings, kept }: FollowOptions,
): Pieces<PortGraph[]> {
  const graphs: PortGraph[] = [];
  for (const model of splitIntoSets([...resources, ...services], setDirs, unread, isOutside))
    graphs.push(yield* buildInPieces(model, settings, kept?.processesOf(model.setName)));
  return graphs;
}

/** The one without which nothing throws; where it takes two, whichever is enough to leave out, or both. */
function toBlame(input: Followed, follow: (input: Followed) => unknown): readonly Resource[] {
  const throws = (resources: readonly Resource[]): boolean => {
    try {
      follow({ ...input, resources });
      return false;
    } catch {
      return true;
    }
  };
  const { resources } = input;
  const upTo = resources.slice(
    0,
    smallest(resources.length, (length) => throws(resources.slice(0, length))),
  );
  const from = upTo.slice(-smallest(upTo.length, (length) => throws(upTo.slice(-length))));
  const [first, last] = [from[0], from.at(-1)];
  if (first === undefined || last === undefined) return [];
  const alone = [first, last].find((one) => !throws(resources.filter((other) => other !== one)));
  return alone ? [alone] : [...new Set([first, last])];
}

/** The smallest number from 1 to `most` that holds, where all behind it do. */
function smallest(most: number, holds: (number: number) => boolean): number {
  let [low, high] = [0, most];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** They stay objects of the input, of which nothing is known. */
const without = ({ resources, unread }: Followed, aside: ReadonlySet<Resource>): Followed => ({
  resources: resources.map((one) =>
    aside.has(one) ? undecoded(one.source, one.kind, one.apiVersion, one.start) : one,
  ),
  unread: [
    ...unread,
    ...[...aside].map(({ nameAt }) => ({
      is: 'broken' as const,
      source: nameAt.source,
      start: nameAt.start,
      end: nameAt.end,
    })),
  ],
});

function faultOf({ kind, name, nameAt }: Resource, thrown: unknown): LocatedFault {
  // What was read may be what only a Secret should hold.
  const cause = causeWithoutText(thrown);
  return {
    ...{ part: 'graph', name: kind, cause, at: nameAt },
    message: `following ${kind} ${name} failed, and what hangs on it is missing: ${cause}`,
  };
}
