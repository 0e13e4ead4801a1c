import type { Observation, SeenConnection } from '../../model/observation.ts';
import type { Ground } from '../../process/listeners/grounds/ground.ts';
import type { Sight } from './sight.ts';

/**
 * What clients outside met at a port of a node or a load balancer. Where nothing answers, that is its fault only where
 * what lies behind it does answer.
 *
 * @param fits whether it was this way
 * @param isBehind whether a connection was to what lies behind
 */
export function outsideSights(
  about: readonly Observation[],
  fits: (dial: SeenConnection) => boolean,
  isBehind: (dial: SeenConnection) => boolean,
): Sight[] {
  const dials = about.flatMap(({ what, ...more }) => (what.kind === 'connection' ? [{ what, ...more }] : []));
  const isServed = dials.some(({ what }) => isBehind(what) && isAnswer(what));
  return dials.flatMap(({ what, at, command }): Sight[] => {
    if (!fits(what)) return [];
    const verdict = isAnswer(what) ? 'proves' : isServed ? 'denies' : 'told';
    return [{ verdict, ground: connectionGround(what, at, command) }];
  });
}

const isAnswer = ({ answer }: SeenConnection): boolean =>
  answer.kind !== 'refused' && answer.kind !== 'timeout';

function connectionGround(
  { dialled, address, port, protocol, answer }: SeenConnection,
  time: string | undefined,
  command: string | undefined,
): Ground {
  return { kind: 'connection', dialled, address, port, protocol, answer, time, command };
}
