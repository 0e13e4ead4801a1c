import { groupBy } from '../../text/group-by.ts';
import { type Card, LANES, type Picture } from './card.ts';

/** Which column each card stands in, by the numbers of cards, and how many the lane of routes has. */
export interface Columns {
  readonly of: readonly number[];
  readonly routes: number;
}

/**
 * A lane is a column, but that of routes has as many as routes hand over to each other: a Gateway stands to the left of
 * its route, and that of what it leads to, so that every wire goes to the right.
 */
export function columnsOf({ cards, wires }: Picture): Columns {
  const depths = depthsOf(cards, wires);
  const routes = 1 + depths.reduce((most, depth) => Math.max(most, depth), 0);
  return {
    routes,
    of: cards.map(({ lane, number }) => {
      const at = LANES.indexOf(lane);
      return at === 0 ? 0 : at === 1 ? routes - depths[number]! : at + routes - 1;
    }),
  };
}

/** How many routes there are behind each on its longest way to a Service. Routes that lead in a circle stay where they are. */
function depthsOf(cards: readonly Card[], wires: Picture['wires']): readonly number[] {
  const depths = cards.map(() => 0);
  const ahead = cards.map(() => 0);
  const handing = wires.filter(
    ({ from, to }) => from.card.lane === 'route' && to.card.lane === 'route' && from.card !== to.card,
  );
  const into = groupBy(handing, ({ to }) => to.card.number);
  for (const { from } of handing) ahead[from.card.number]! += 1;
  // Each is settled after all that it leads to.
  const settled = [...into.keys()].filter((number) => ahead[number] === 0);
  for (const number of settled) {
    for (const { from } of into.get(number) ?? []) {
      const before = from.card.number;
      depths[before] = Math.max(depths[before]!, depths[number]! + 1);
      ahead[before]! -= 1;
      if (ahead[before] === 0) settled.push(before);
    }
  }
  return depths;
}
