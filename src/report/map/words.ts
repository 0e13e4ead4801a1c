import type {
  ReportChain,
  ReportDisagreement,
  ReportEnd,
  ReportLink,
  ReportLocation,
  ReportResource,
} from '../report.ts';
import type { PortLabel } from './card.ts';

/** Longer than any name that Kubernetes takes. */
const LONGEST_NAME = 253;
/** What is read when a wire is pointed at. */
const LONGEST_TEXT = 2_000;

/** A text as far as a picture tells it: in the input a name may have megabytes, and stands at each of its wires. */
export const brief = (text: string, most: number = LONGEST_TEXT): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;

export const briefName = (name: string): string => brief(name, LONGEST_NAME);

/** `media/abs`, or the name alone where there is no namespace. */
export const nameOf = ({ namespace, name }: ReportResource): string =>
  namespace === '' ? briefName(name) : `${briefName(namespace)}/${briefName(name)}`;

const placeOf = ({ path, line, column }: ReportLocation): string => `${path}:${line}:${column}`;

/** Stands for a number that the input does not tell. */
export const UNKNOWN = '?';
/** Where a route answers, and asks no backend. */
export const ITSELF = 'itself';

/** The number that an end says, else its name; undefined where it says neither. */
export function portLabel(port: ReportEnd['port']): PortLabel | undefined {
  if (port?.number !== undefined) return { number: String(port.number), name: port.name };
  return port?.name === undefined ? undefined : { number: port.name };
}

/** What tells the ports of one object apart. */
export const portKey = ({ port: { name, number, protocol = 'TCP' } = {} }: ReportEnd): string =>
  `${number ?? name ?? ''}/${protocol}`;

/** What a Service port forwards to, as it is resolved; the port itself where that is left out. */
export function targetLabel({ targetPort, port }: ReportEnd): PortLabel | undefined {
  if (targetPort !== undefined) return { number: String(targetPort) };
  return port?.number === undefined ? undefined : { number: String(port.number) };
}

/** What a client asks for to come in here: the title of the card of a way in. */
export function wayIn({ kind, host }: ReportChain['entry']): string {
  if (host !== null) return host === '*' ? 'any host' : host;
  switch (kind) {
    case 'ingress':
    case 'gateway':
      return 'any host';
    case 'load-balancer':
      return 'load balancer';
    case 'node-port':
      return 'any node';
    case 'host-port':
      return "the Pod's node";
    case 'cluster':
      return 'inside the cluster';
  }
}

export const numberLabel = (number: number | null | undefined): PortLabel | undefined =>
  number === null || number === undefined ? undefined : { number: String(number) };

export const pathOf = ({ path, pathType }: ReportChain['entry']): string =>
  path === null ? '' : [path, pathType === 'Prefix' ? '' : pathType].filter(Boolean).join(' ');

/** What the other end has of what is asked for. */
export const thereOf = ({ from, to }: ReportDisagreement): string => to ?? `no ${from}`;

/** Both values of a link as they stand at its sockets. */
export function valuesOf(link: ReportLink): readonly [string, string] {
  const { from, to, kind, state, disagreeing: [one] = [] } = link;
  if (one) return [one.from, thereOf(one)];
  const left = kind === 'target-port' ? targetLabel(from) : portLabel(from.port);
  const right = to && portLabel(to.port);
  const none = state === 'broken' ? 'nothing' : state === 'unproved' ? UNKNOWN : '';
  if (to && !right && left && state === 'broken') return [left.number, `no ${left.number}`];
  return [left?.number ?? '', right?.number ?? (to && kind !== 'bind' ? '' : none)];
}

/** As many ports of a Service are told in one sentence. */
const MOST_PORTS = 4;

/** What a Service forwards to whose Pods are not there: ` forwards 80 to 8080, 9090 to metrics`. */
export function forwarded(ports: readonly ReportEnd[]): string {
  const told = ports
    .slice(0, MOST_PORTS)
    .map((end) => `${numberOf(portLabel(end.port))} to ${numberOf(targetLabel(end))}`);
  const more = ports.length - told.length;
  return told.length === 0 ? '' : ` forwards ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const numberOf = (label: PortLabel | undefined): string => briefName(label?.number ?? UNKNOWN);

/** What an end says that is no port, for those who hear it. */
const words = (link: ReportLink, side: 'from' | 'to'): string =>
  (link.disagreeing ?? [])
    .map((one) => ` (${briefName(one.what)} ${briefName(side === 'from' ? one.from : thereOf(one))})`)
    .join('');

const said = (end: ReportEnd, label: PortLabel | undefined): string => {
  const called = label?.name ? ` (${briefName(label.name)})` : '';
  const port = label === undefined ? '' : ` ${briefName(label.number)}${called}`;
  const container = end.container === undefined ? '' : ` container ${briefName(end.container)}`;
  return `${end.resource.kind} ${nameOf(end.resource)}${container}${port}`;
};

/**
 * A link in one sentence, for those who hear the picture or point at a wire.
 *
 * @param port the one of a Service that traffic came in by, where its Pods are not there; all when left out
 */
export function sayLink(link: ReportLink, port?: string): string {
  const from = said(
    link.from,
    link.kind === 'target-port' ? targetLabel(link.from) : portLabel(link.from.port),
  );
  const near = link.to ?? link.nearest;
  const to = near ? said(near, portLabel(near.port)) : 'nothing';
  const places = [link.from.location, near?.location].flatMap((at) => (at ? placeOf(at) : []));
  const where = places.length > 0 ? ` (${places[0] === places[1] ? places[0] : places.join(', ')})` : '';
  const all = link.forwards ?? [];
  const one = all.filter((end) => portKey(end) === port);
  const forwards = one.length > 0 ? one : all;
  return `${link.state} ${link.kind}: ${from}${forwarded(forwards)}${words(link, 'from')} → ${to}${words(link, 'to')}: ${link.reason}${where}`;
}
