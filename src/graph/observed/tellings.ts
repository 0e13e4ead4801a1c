import type { Observation, SeenCondition, SeenContainer, SeenEvent } from '../../model/observation.ts';
import type { Ground } from '../../process/listeners/grounds/ground.ts';
import type { Sight } from './sight.ts';

export const conditionGround = (what: SeenCondition, time: string | undefined): Ground => ({
  kind: 'condition',
  state: { is: 'condition', what },
  time,
});

export const eventGround = (what: SeenEvent, time: string | undefined): Ground => ({
  kind: 'event',
  what,
  time,
});

export const containerGround = (
  { name, what }: { readonly name: string; readonly what: SeenContainer },
  time: string | undefined,
): Ground => ({ kind: 'condition', state: { is: 'container', name, what }, time });

/** What says something of an object and settles nothing: events that warn, load balancers. */
export function tellings({ what, at }: Observation): Sight[] {
  if (what.kind === 'event') {
    return what.type === 'Warning' ? [{ verdict: 'told', ground: eventGround(what, at) }] : [];
  }
  if (what.kind !== 'load-balancer') return [];
  return [{ verdict: 'told', ground: { kind: 'condition', state: { is: 'load-balancer', what }, time: at } }];
}
