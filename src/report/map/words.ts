import type { ReportChain, ReportEnd, ReportLink, ReportLocation, ReportResource } from '../report.ts';
import type { PortLabel } from './card.ts';

/** `media/abs`, or the name alone where there is no namespace. */
export const nameOf = ({ namespace, name }: ReportResource): string =>
  namespace === '' ? name : `${namespace}/${name}`;

const placeOf = ({ path, line, column }: ReportLocation): string => `${path}:${line}:${column}`;

/** The number that an end says, else its name; undefined where it says neither. */
export function portLabel(port: ReportEnd['port']): PortLabel | undefined {
  if (port?.number !== undefined) return { number: String(port.number), name: port.name };
  return port?.name === undefined ? undefined : { number: port.name };
}

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

const said = (end: ReportEnd, label: PortLabel | undefined): string => {
  const port = label === undefined ? '' : ` ${label.number}${label.name ? ` (${label.name})` : ''}`;
  const container = end.container === undefined ? '' : ` container ${end.container}`;
  return `${end.resource.kind} ${nameOf(end.resource)}${container}${port}`;
};

/** A link in one sentence, for those who hear the picture or point at a wire. */
export function sayLink(link: ReportLink): string {
  const from = said(
    link.from,
    link.kind === 'target-port' ? targetLabel(link.from) : portLabel(link.from.port),
  );
  const to = link.to ? said(link.to, portLabel(link.to.port)) : 'nothing';
  const places = [link.from.location, link.to?.location].flatMap((at) => (at ? placeOf(at) : []));
  const where = places.length > 0 ? ` (${places[0] === places[1] ? places[0] : places.join(', ')})` : '';
  return `${link.state} ${link.kind}: ${from} → ${to}: ${link.reason}${where}`;
}
