import type {
  SeenCondition,
  SeenContainer,
  SeenEvent,
  SeenLoadBalancer,
} from '../../../model/observation.ts';

/** What the cluster says of the state of an object. */
export type SeenState =
  | { readonly is: 'condition'; readonly what: SeenCondition }
  | { readonly is: 'container'; readonly name: string; readonly what: SeenContainer }
  | { readonly is: 'load-balancer'; readonly what: SeenLoadBalancer }
  /** A container that is ready. */
  | { readonly is: 'probed'; readonly container: string };

/** What an EndpointSlice says of one port. */
export type SliceSays =
  | { readonly is: 'empty' | 'no-port' }
  | { readonly is: 'other-port'; readonly port: number }
  | { readonly is: 'port'; readonly port: number; readonly ready: number; readonly all: number };

export function wordState(state: SeenState): string {
  switch (state.is) {
    case 'condition': {
      const { type, status, parent } = state.what;
      const by = parent?.subject.name
        ? ` for ${parent.subject.kind ?? 'Gateway'} ${parent.subject.name}`
        : '';
      return `its condition ${type}${by} is ${status}${because(state.what)}`;
    }
    case 'container':
      return wordContainer(state.name, state.what);
    case 'load-balancer':
      return wordLoadBalancer(state.what);
    case 'probed':
      return `container ${state.container} is ready, so its readiness probe passed`;
  }
}

export function wordEvent({ reason, message, count }: SeenEvent): string {
  const times = count !== undefined && count > 1 ? `, ${count} times` : '';
  return `the cluster reports ${reason}${times}: ${cut(message)}`;
}

export function wordSlice(slice: string, says: SliceSays): string {
  switch (says.is) {
    case 'empty':
      return `EndpointSlice ${slice} has no endpoints`;
    case 'no-port':
      return `EndpointSlice ${slice} has no such port`;
    case 'other-port':
      return `EndpointSlice ${slice} says ${says.port}`;
    case 'port':
      return `EndpointSlice ${slice} says ${says.port}, with ${says.ready} of ${says.all} endpoints ready`;
  }
}

function wordContainer(name: string, what: SeenContainer): string {
  const { state, restarts, last } = what;
  const ended = last
    ? `, its last run ended${last.exitCode === undefined ? '' : ` with ${last.exitCode}`}${because(last)}`
    : '';
  const again =
    restarts > 0 ? `, started again ${restarts} ${restarts === 1 ? 'time' : 'times'}${ended}` : '';
  return `container ${name} is ${state}${because(what)}${again}`;
}

function wordLoadBalancer({ addresses, ports }: SeenLoadBalancer): string {
  const faults = ports
    .flatMap(({ port, error }) => (error ? [`; port ${port}: ${cut(error)}`] : []))
    .join('');
  return addresses.length > 0
    ? `its load balancer is at ${addresses.slice(0, 4).join(', ')}${faults}`
    : `no load balancer has an address for it${faults}`;
}

interface Told {
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

const because = ({ reason, message }: Told): string =>
  [reason, message].map((one) => (one ? `: ${cut(one)}` : '')).join('');

/** Longer messages are cut: a program wrote them, and others of its kind repeat themselves. */
const LONGEST = 200;

const cut = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}\u2026` : line;
};
