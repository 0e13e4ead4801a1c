import type { Gateway, Listener, ListenerOwner } from '../../../model/gateway-api.ts';
import { isPlaceholder, portNumber } from '../../../model/ports.ts';
import type { Refusal } from '../../../model/refusal.ts';
import type { Location } from '../../../text/source.ts';

/** A listener that the API server or every controller refuses, and why. */
export interface RefusedListener {
  readonly owner: ListenerOwner;
  readonly listener: Listener;
  readonly index: number;
  readonly why: Why;
  /** The smallest text that is wrong. */
  readonly at: Location;
  /** The listener that it cannot be beside. */
  readonly rival: Listener | undefined;
}

export type Why =
  | 'same-name'
  | 'same-address'
  | 'protocol-conflict'
  | 'tls-without-tls'
  | 'no-certificate'
  | 'passthrough'
  | 'no-tls'
  | 'hostname'
  | 'no-selector';

/** The protocols that TLS may wrap, and those that may not carry it. */
const ENCRYPTED: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);
const PLAIN: ReadonlySet<string> = new Set(['HTTP', 'TCP', 'UDP']);
/** A cloud's load balancer finds the certificate by itself. */
const OWN_CERTIFICATES = /^gke-|aws|amazon|^[an]lb$/i;

/** Kong serves a certificate of its own where a listener names none (KIC's `getListenerStatus` at 1fa68f864d92). */
const OWN_DEFAULT = /^kong(?:$|-)/i;

/** What only a controller refuses: the object is there, and its other listeners work. */
const BY_CONTROLLER: ReadonlySet<Why> = new Set<Why>(['protocol-conflict', 'no-tls', 'no-selector']);

/** Whether the API server takes none of the object for it. */
export const isRefusedWhole = ({ why }: RefusedListener): boolean => !BY_CONTROLLER.has(why);

/** What the API server says of it, where that refuses the whole object. */
export const refusalOf = (refused: RefusedListener): Refusal | undefined => {
  if (!isRefusedWhole(refused)) return undefined;
  const { start, end, source } = refused.listener.at;
  return refused.owner.refusals?.find(
    ({ rule, field, at }) =>
      rule === 'refused-value' &&
      OF_LISTENERS.test(field) &&
      at.source === source &&
      at.start >= start &&
      at.end <= end,
  );
};

/** Rules about a listener as a whole, or about all of them. */
const OF_LISTENERS = /^spec\.listeners(?:\[\d+\](?:\.tls)?)?$/;

/** The listeners of a Gateway or ListenerSet that no controller serves: the CRD's own rules (S-158), and the spec's. */
export function refusedListeners(owner: ListenerOwner): RefusedListener[] {
  const before = new Before();
  return owner.listeners.flatMap((listener, index) => {
    const refuse = (why: Why, at: Location | undefined, rival?: Listener): RefusedListener[] => [
      { owner, listener, index, why, at: at ?? listener.at, rival },
    ];
    const { named, rival, double } = before.take(listener);
    const protocol = listener.protocol?.value ?? '';
    if (named && !isPlaceholder(listener.name)) return refuse('same-name', listener.name?.at, named);
    if (rival) return refuse('protocol-conflict', listener.protocol?.at, rival);
    if (double) return refuse('same-address', (listener.hostname ?? listener.port)?.at, double);
    const { tlsAt, tlsMode, hostname, allowedNamespaces } = listener;
    if (PLAIN.has(protocol) && tlsAt) return refuse('tls-without-tls', tlsAt);
    if ((protocol === 'TCP' || protocol === 'UDP') && hostname?.value) return refuse('hostname', hostname.at);
    if (protocol === 'HTTPS' && tlsMode?.value === 'Passthrough') return refuse('passthrough', tlsMode.at);
    if (ENCRYPTED.has(protocol) && !findsCertificates(owner)) {
      if (!tlsAt) return OWN_DEFAULT.test(classOf(owner)) ? [] : refuse('no-tls', listener.protocol?.at);
      const terminates = tlsMode === undefined || tlsMode.value === 'Terminate';
      const bare = listener.certificates?.length === 0 && !listener.hasTlsOptions;
      if (terminates && bare) return refuse('no-certificate', tlsAt);
    }
    const isUnselected =
      allowedNamespaces.from?.value === 'Selector' && allowedNamespaces.hasSelector === false;
    return isUnselected ? refuse('no-selector', allowedNamespaces.from.at) : [];
  });
}

/** Of the listeners before another one: the first that has its name, its socket, or all of its address. */
class Before {
  readonly #names = new Map<string, Listener>();
  readonly #addresses = new Map<string, Listener>();
  /** The first of each known protocol on a socket. */
  readonly #sockets = new Map<string, Map<string, Listener>>();

  take(listener: Listener): Readonly<Record<'named' | 'rival' | 'double', Listener | undefined>> {
    const name = listener.name?.value;
    const named = name === undefined ? undefined : firstOf(this.#names, name, listener);
    const number = portNumber(listener.port);
    const { protocol, hostname } = listener;
    if (number === undefined || isPlaceholder(protocol) || isPlaceholder(hostname))
      return { named, rival: undefined, double: undefined };
    const spoken = protocol?.value ?? '';
    const socket = `${number}${spoken === 'UDP' ? '/UDP' : ''}`;
    const address = JSON.stringify([socket, spoken, hostname?.value]);
    const double = protocol && firstOf(this.#addresses, address, listener);
    if (!PLAIN.has(spoken) && !ENCRYPTED.has(spoken)) return { named, rival: undefined, double };
    const there = this.#sockets.get(socket) ?? new Map<string, Listener>();
    this.#sockets.set(socket, there);
    // In the order of the text; there are no more than protocols.
    const rival = [...there].find(([other]) => conflict(other, spoken))?.[1];
    firstOf(there, spoken, listener);
    return { named, rival, double };
  }
}

/** Who has a key already; who is the first has it from now on. */
function firstOf<K, V>(known: Map<K, V>, key: K, one: V): V | undefined {
  const first = known.get(key);
  if (first === undefined) known.set(key, one);
  return first;
}

/** HTTPS and TLS are told apart by SNI; any other two protocols want the socket for themselves. */
const conflict = (one: string, other: string): boolean =>
  one !== other && !(ENCRYPTED.has(one) && ENCRYPTED.has(other));

const findsCertificates = (owner: ListenerOwner): boolean =>
  owner.shape !== 'gateway' || OWN_CERTIFICATES.test(classOf(owner));

const classOf = (owner: ListenerOwner): string =>
  owner.shape === 'gateway' ? ((owner as Gateway).className?.value ?? '') : '';
