import type { Link } from '../../graph/links/link.ts';
import type { BindLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import type { ServicePort, Workload } from '../../model/model.ts';
import { portNumber, wantedPort } from '../../model/ports.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import type { KnownListener } from '../../process/listeners/container-process.ts';
import { type Ground, isObserved, wordGround } from '../../process/listeners/grounds/ground.ts';
import { ofRoute } from './route-witnesses.ts';
import type { Witness } from './witness.ts';

/** Whoever says something of the port of a link, where something was seen and not all of them agree. */
export function witnessesIn(graph: PortGraph): ReadonlyMap<Link, readonly Witness[]> {
  const found = new Map<Link, readonly Witness[]>();
  if (graph.settings.observations.length === 0) return found;
  for (const link of graph.binds) {
    const heard = ofBind(graph, link);
    if (heard.some(({ verdict }) => verdict !== 'right')) found.set(link, heard);
  }
  for (const link of graph.targetPorts) {
    const heard = link.state === 'broken' && link.number === undefined ? ofName(graph, link) : [];
    if (heard.length > 0) found.set(link, heard);
  }
  for (const link of graph.backends) {
    const heard = ofRoute(graph, link);
    if (heard.length > 0) found.set(link, heard);
  }
  return found;
}

/** A socket, or a connection, which tells what is open without any doubt. */
const isSight = ({ kind }: Ground): boolean => kind === 'socket' || kind === 'connection';

function ofBind(graph: PortGraph, link: BindLink): Witness[] {
  const { workload, number, protocol, from } = link;
  const open = openIn(graph, workload, protocol);
  const isLocal = open.some((one) => one.port === number && isApart(one));
  const isServed = open.some((one) => one.port === number && !isApart(one));
  if (open.length === 0) return [];
  const isNamed = from.some(({ servicePort }) => targetName(servicePort) !== undefined);
  const forwarded = from.map(({ servicePort }): Witness => {
    const name = targetName(servicePort);
    const isRight = isServed || isLocal || name !== undefined;
    return { who: 'targetPort', says: name ?? String(number), verdict: isRight ? 'right' : 'cause' };
  });
  const declared = declaredBy(workload, protocol).map((port): Witness => {
    const isRight = open.some((one) => one.port === port);
    const isCause = isNamed && port === number && !isServed;
    return {
      who: 'containerPort',
      says: String(port),
      verdict: isRight ? 'right' : isCause ? 'cause' : 'harmless',
    };
  });
  return distinct([...forwarded, ...declared, ...settings(open), ...sights(open, isLocal && number)]);
}

/** Open, and not to who dials the Pod's address. */
const isApart = ({ bind, neverIpv4 }: KnownListener): boolean => bind === 'loopback' || neverIpv4 === true;

/** The name that a Service asks for is no port's. */
function ofName(graph: PortGraph, { workload, protocol, servicePort }: TargetPortLink): Witness[] {
  const open = openIn(graph, workload, protocol);
  const names = workload.template.containers.flatMap(({ ports }) =>
    ports.map(({ name, number }) => `${name?.value ?? 'no name'} (${number?.value ?? '?'})`),
  );
  return [
    { who: 'targetPort', says: targetName(servicePort) ?? '?', verdict: 'cause' },
    ...names.map((says): Witness => ({ who: 'containerPort', says, verdict: 'right' })),
    ...distinct(sights(open, false)),
  ];
}

/** Of a port that is asked for by its name. */
function targetName(servicePort: ServicePort): string | undefined {
  const wanted = wantedPort(servicePort)?.value;
  return typeof wanted === 'string' ? wanted : undefined;
}

/** What was seen to be open in the Pod, by whichever container. */
const openIn = (graph: PortGraph, workload: Workload, protocol: Protocol): KnownListener[] =>
  workload.template.containers
    .filter(({ role }) => role !== 'init')
    .flatMap((container) => graph.processOf(workload, container).listeners)
    .filter((one) => one.protocol === protocol && one.grounds.some(isSight));

const declaredBy = ({ template }: Workload, protocol: Protocol): number[] =>
  template.containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ ports }) => ports)
    .filter((port) => protocolOf(port.protocol) === protocol)
    .flatMap(({ number }) => portNumber(number) ?? []);

/** What a setting says of a socket that is elsewhere, or there. */
const settings = (open: readonly KnownListener[]): Witness[] =>
  open.flatMap(({ grounds, against }) => [
    ...grounds.flatMap((ground): Witness[] =>
      isSetting(ground) ? [{ who: 'setting', says: wordGround(ground), verdict: 'right' }] : [],
    ),
    ...(against?.grounds ?? []).flatMap((ground): Witness[] =>
      isSetting(ground) ? [{ who: 'setting', says: wordGround(ground), verdict: 'harmless' }] : [],
    ),
  ]);

const isSetting = (ground: Ground): boolean =>
  !isObserved(ground) && 'decides' in ground && ground.decides === 'port';

/** @param local the port that the Pod's address does not reach, where that is why nothing is answered */
const sights = (open: readonly KnownListener[], local: number | false): Witness[] =>
  open.flatMap(({ port, grounds }) =>
    grounds.flatMap((ground): Witness[] => {
      if (ground.kind === 'log') return [{ who: 'log', says: String(port), verdict: 'right' }];
      if (ground.kind === 'connection' && !grounds.some(({ kind }) => kind === 'socket'))
        return [{ who: 'connection', says: String(port), verdict: 'right' }];
      if (ground.kind !== 'socket') return [];
      const verdict = port === local ? 'cause' : 'right';
      return ground.addresses.map((address) => ({ who: 'socket', says: placeOf(address, port), verdict }));
    }),
  );

const placeOf = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

const distinct = (all: readonly Witness[]): Witness[] => [
  ...new Map(all.map((one) => [`${one.who}\0${one.says}`, one])).values(),
];
