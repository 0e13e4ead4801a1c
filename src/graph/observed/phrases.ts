import type { Observation, SeenCondition, SeenContainer, SeenEvent } from '../../model/observation.ts';
import type { Ground } from '../../process/listeners/ground.ts';
import type { Sight } from './sight.ts';

/** Longer messages are cut: a program wrote them, and others of its kind repeat themselves. */
const LONGEST = 200;

const cut = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

const because = ({
  reason,
  message,
}: {
  reason?: string | undefined;
  message?: string | undefined;
}): string => [reason, message].map((one) => (one ? `: ${cut(one)}` : '')).join('');

export function conditionGround(what: SeenCondition, time: string | undefined): Ground {
  const { type, status, parent } = what;
  const by = parent?.subject.name ? ` for ${parent.subject.kind ?? 'Gateway'} ${parent.subject.name}` : '';
  return { kind: 'condition', phrase: `its condition ${type}${by} is ${status}${because(what)}`, time };
}

export function eventGround({ reason, message, count }: SeenEvent, time: string | undefined): Ground {
  const times = count !== undefined && count > 1 ? `, ${count} times` : '';
  return { kind: 'event', phrase: `the cluster reports ${reason}${times}: ${cut(message)}`, time };
}

export function containerGround(
  { name, what }: { readonly name: string; readonly what: SeenContainer },
  time: string | undefined,
): Ground {
  const { state, restarts, last } = what;
  const ended = last
    ? `, its last run ended${last.exitCode === undefined ? '' : ` with ${last.exitCode}`}${because(last)}`
    : '';
  const again =
    restarts > 0 ? `, started again ${restarts} ${restarts === 1 ? 'time' : 'times'}${ended}` : '';
  return { kind: 'condition', phrase: `container ${name} is ${state}${because(what)}${again}`, time };
}

/** What says something of an object and settles nothing: events that warn, load balancers. */
export function tellings({ what, at }: Observation): Sight[] {
  if (what.kind === 'event') {
    return what.type === 'Warning' ? [{ verdict: 'told', ground: eventGround(what, at) }] : [];
  }
  if (what.kind !== 'load-balancer') return [];
  const faults = what.ports.flatMap(({ port, error }) => (error ? [`; port ${port}: ${cut(error)}`] : []));
  const phrase =
    what.addresses.length > 0
      ? `its load balancer is at ${what.addresses.slice(0, 4).join(', ')}${faults.join('')}`
      : `no load balancer has an address for it${faults.join('')}`;
  return [{ verdict: 'told', ground: { kind: 'condition', phrase, time: at } }];
}
