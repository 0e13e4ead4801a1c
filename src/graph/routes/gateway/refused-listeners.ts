import type { Gateway, Listener, ListenerOwner } from '../../../model/gateway-api.ts';
import { isPlaceholder, portNumber } from '../../../model/ports.ts';
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

/** What only a controller refuses: the object is there, and its other listeners work. */
const BY_CONTROLLER: ReadonlySet<Why> = new Set<Why>(['protocol-conflict', 'no-tls', 'no-selector']);

/** Whether the API server takes none of the object for it. */
export const isRefusedWhole = ({ why }: RefusedListener): boolean => !BY_CONTROLLER.has(why);

/** The listeners of a Gateway or ListenerSet that no controller serves: the CRD's own rules (S-158), and the spec's. */
export const refusedListeners = (owner: ListenerOwner): RefusedListener[] =>
  owner.listeners.flatMap((listener, index) => {
    const refuse = (why: Why, at: Location | undefined, rival?: Listener): RefusedListener[] => [
      { owner, listener, index, why, at: at ?? listener.at, rival },
    ];
    const protocol = listener.protocol?.value ?? '';
    const before = owner.listeners.slice(0, index);
    const named = before.find(({ name }) => name && name.value === listener.name?.value);
    if (named && !isPlaceholder(listener.name)) return refuse('same-name', listener.name?.at, named);
    const beside = before.filter((one) => sharesSocket(one, listener));
    const rival = beside.find((one) => conflict(one, listener));
    if (rival) return refuse('protocol-conflict', listener.protocol?.at, rival);
    const double = beside.find(
      (one) => one.protocol?.value === protocol && one.hostname?.value === listener.hostname?.value,
    );
    if (double) return refuse('same-address', (listener.hostname ?? listener.port)?.at, double);
    const { tlsAt, tlsMode, hostname, allowedNamespaces } = listener;
    if (PLAIN.has(protocol) && tlsAt) return refuse('tls-without-tls', tlsAt);
    if ((protocol === 'TCP' || protocol === 'UDP') && hostname?.value) return refuse('hostname', hostname.at);
    if (protocol === 'HTTPS' && tlsMode?.value === 'Passthrough') return refuse('passthrough', tlsMode.at);
    if (ENCRYPTED.has(protocol) && !findsCertificates(owner)) {
      if (!tlsAt) return refuse('no-tls', listener.protocol?.at);
      const terminates = tlsMode === undefined || tlsMode.value === 'Terminate';
      const bare = listener.certificates?.length === 0 && !listener.hasTlsOptions;
      if (terminates && bare) return refuse('no-certificate', tlsAt);
    }
    const isUnselected =
      allowedNamespaces.from?.value === 'Selector' && allowedNamespaces.hasSelector === false;
    return isUnselected ? refuse('no-selector', allowedNamespaces.from.at) : [];
  });

function sharesSocket(one: Listener, other: Listener): boolean {
  const number = portNumber(one.port);
  if (number === undefined || number !== portNumber(other.port)) return false;
  if ([one, other].some(({ protocol, hostname }) => isPlaceholder(protocol) || isPlaceholder(hostname)))
    return false;
  return (one.protocol?.value === 'UDP') === (other.protocol?.value === 'UDP');
}

/** HTTPS and TLS are told apart by SNI; any other two protocols want the socket for themselves. */
function conflict(one: Listener, other: Listener): boolean {
  const [first = '', second = ''] = [one.protocol?.value, other.protocol?.value];
  const known = [first, second].every((protocol) => PLAIN.has(protocol) || ENCRYPTED.has(protocol));
  return known && first !== second && !(ENCRYPTED.has(first) && ENCRYPTED.has(second));
}

const findsCertificates = (owner: ListenerOwner): boolean =>
  owner.shape !== 'gateway' || OWN_CERTIFICATES.test((owner as Gateway).className?.value ?? '');
