import type { ReportChain, ReportEnd, ReportHop, ReportLink, ReportResource } from '../report.ts';
import type { Board } from './board.ts';
import type { Card, PortLabel, Socket } from './card.ts';
import { keyOf } from './cards.ts';
import { ITSELF, numberLabel, pathOf, portKey, portLabel, targetLabel, thereOf, UNKNOWN } from './words.ts';

/** Where traffic stands on its way: the socket that it left, and the links that it has passed since. */
interface Traffic {
  readonly at: Socket | undefined;
  readonly passed: readonly ReportLink[];
}

/** Follows one chain from outside in, and draws what it passes. */
export class Walker {
  readonly #chain: ReportChain;
  readonly #board: Board;

  constructor(chain: ReportChain, board: Board) {
    this.#chain = chain;
    this.#board = board;
  }

  start(): Traffic {
    const { entry, set } = this.#chain;
    // What nothing outside reaches begins at its own card.
    const hasWay = entry.kind !== 'cluster' || entry.host !== null || entry.path !== null;
    return { at: hasWay ? this.#board.cards.entry(set, this.#chain) : undefined, passed: [] };
  }

  follow({ link: id, next }: ReportHop, traffic: Traffic): void {
    if (this.#board.cards.count >= this.#board.most) return;
    const link = this.#board.links.get(id);
    if (!link) return;
    const after = this.#pass(link, traffic, next);
    for (const hop of next) this.follow(hop, after);
  }

  #pass(link: ReportLink, traffic: Traffic, next: readonly ReportHop[]): Traffic {
    switch (link.kind) {
      case 'parent':
        return this.#parent(link, traffic);
      case 'backend':
        return this.#backend(link, traffic);
      case 'host':
        return this.#host(link, traffic);
      case 'selector':
        return this.#selector(link, traffic, next);
      case 'target-port':
        return this.#targetPort(link, traffic);
      case 'bind':
        return this.#bind(link, traffic);
      default:
        // What feeds a port is told under the card that it feeds, where it does not hold.
        if (link.state !== 'whole' && traffic.at) this.#board.wires.tell(traffic.at.card, [link]);
        return traffic;
    }
  }

  /** Traffic meets the listener before the route, though the route is what refers. */
  #parent(link: ReportLink, { at, passed }: Traffic): Traffic {
    if (!link.to) return { at, passed: [...passed, link] };
    const label = portLabel(link.to.port) ?? this.#listener(link);
    const key = `${label?.number ?? ''}|${label?.name ?? ''}`;
    const socket = this.#board.cards.route(this.#chain.set, link.to.resource, key, label?.name ?? '');
    socket.row.left ??= label;
    if (link.state !== 'broken') socket.row.right ??= numberLabel(link.to.port?.number) ?? label;
    this.#wire(at, socket, passed);
    return { at: socket, passed: [link] };
  }

  /** Where the listener is not there, or not known: the port that clients dial. */
  #listener({ state }: ReportLink): PortLabel {
    const { port } = this.#chain.entry;
    if (port === null) return { number: UNKNOWN };
    return { number: state === 'broken' ? `no ${port}` : String(port) };
  }

  #backend(link: ReportLink, { at, passed }: Traffic): Traffic {
    const { set, entry } = this.#chain;
    const { cards } = this.#board;
    // One that names no port takes the only one there is.
    const asked = portLabel(link.from.port) ?? numberLabel(link.to?.port?.number);
    const isEntry = keyOf(link.from.resource) === keyOf(entry.resource);
    const text = isEntry ? pathOf(entry) || (entry.host ?? '') : '';
    const way = isEntry ? `${entry.host ?? ''}${pathOf(entry)}` : '';
    // What a listener hands to a route, and a route to another, came in by one port all the way.
    const came = at?.row.right ?? numberLabel(entry.port) ?? { number: UNKNOWN };
    const key = `${way}|${came.number}|${asked?.number ?? ''}`;
    const route = cards.route(set, link.from.resource, key, text);
    route.row.left ??= came;
    route.row.right ??= handsOver(link) ? came : (asked ?? withoutPort(link));
    this.#wire(at, route, passed);
    if (handsOver(link)) return { at: route, passed: [link] };
    if (link.to && !link.to.port) this.#showPorts(link.to.resource);
    return this.#arrive(route, 'service', link, [link], asked);
  }

  /** At a port of a Service or of a Pod; where nothing is there, at the one that was `wanted`. */
  #arrive(
    from: Socket | undefined,
    lane: 'service' | 'pod',
    link: ReportLink,
    passed: readonly ReportLink[],
    wanted: PortLabel | undefined,
  ): Traffic {
    const { cards } = this.#board;
    const { set } = this.#chain;
    // What has no such port for another reason than its number is no card without that number.
    if (from && link.to && !link.to.port && link.disagreeing) {
      this.#wireWords(from, cards.object(lane, set, link.to.resource), passed);
      return { at: from, passed: [] };
    }
    const missing = wanted && link.state === 'broken' ? `no ${wanted.number}` : undefined;
    const at = link.to ? this.#port(lane, link.to, missing) : cards.ghost(lane, link, wanted);
    this.#wire(from, at, passed);
    return { at, passed: [] };
  }

  /** A port, and of a Service what it forwards to, whether or not its Pods are there. */
  #port(lane: 'service' | 'pod', end: ReportEnd, instead?: string): Socket {
    const socket = this.#board.cards.port(lane, this.#chain.set, end, instead);
    if (lane === 'service' && !socket.row.right) {
      const known = this.#portsOf(end.resource)?.get(portKey(end));
      socket.row.right = known && targetLabel(known);
    }
    return socket;
  }

  #portsOf(service: ReportResource): ReadonlyMap<string, ReportEnd> | undefined {
    return this.#board.servicePorts.get(`${this.#chain.set}|${keyOf(service)}`);
  }

  /** A Service that lacks the port that was asked for shows those that it has. */
  #showPorts(service: ReportResource): void {
    for (const end of this.#portsOf(service)?.values() ?? []) this.#port('service', end);
  }

  /** A nodePort leads to a Service's port, a hostPort to a Pod's. */
  #host(link: ReportLink, { at, passed }: Traffic): Traffic {
    const lane = (link.to ?? link.from).resource.kind === 'Service' ? 'service' : 'pod';
    return this.#arrive(at, lane, link, [...passed, link], portLabel(link.from.port));
  }

  /** Labels have no number: the wire of a selector is that of the ports behind it. */
  #selector(link: ReportLink, { at, passed }: Traffic, next: readonly ReportHop[]): Traffic {
    if (next.length > 0 || link.to) return { at, passed: [...passed, link] };
    const { cards } = this.#board;
    const ports = at?.card.lane === 'service' ? [at] : this.#cameBy(link);
    // The Pods that were meant are there; their labels are what keeps traffic out.
    const pods = link.nearest && cards.object('pod', this.#chain.set, link.nearest.resource);
    for (const from of ports) {
      if (at && at !== from) this.#wire(at, from, passed);
      const left = at && at !== from ? [link] : [...passed, link];
      if (pods) this.#wireWords(from, pods, left);
      else this.#wire(from, cards.ghost('pod', link, undefined), left);
    }
    return { at, passed: [] };
  }

  /** The port of a Service by which traffic came; any of its protocol, where the node's port is not given out yet. */
  #cameBy({ id, from, forwards = [] }: ReportLink): Socket[] {
    const { port: number, protocol } = this.#chain.entry;
    if (number === null) {
      // One way in draws those of all that are like it.
      const all = `${id} ${protocol}`;
      if (this.#board.parted.has(all)) return [];
      this.#board.parted.add(all);
    }
    const ports = forwards.filter(
      ({ port }) => (port?.protocol ?? 'TCP') === protocol && (number === null || port?.number === number),
    );
    return (ports.length > 0 ? ports : [from]).map((end) => this.#port('service', end));
  }

  #targetPort(link: ReportLink, { at, passed }: Traffic): Traffic {
    const service = this.#port('service', link.from);
    if (at && at.card !== service.card) this.#wire(at, service, []);
    return this.#arrive(service, 'pod', link, [...passed, link], targetLabel(link.from));
  }

  #bind(link: ReportLink, { at, passed }: Traffic): Traffic {
    const { set } = this.#chain;
    const { cards } = this.#board;
    const pod = at?.card.lane === 'pod' ? at : this.#port('pod', link.from);
    // What leads in without a link takes the port that it is dialled by.
    if (at && at !== pod && passed.length === 0) pod.row.left = at.row.right;
    if (at && at !== pod) this.#wire(at, pod, passed);
    pod.row.right ??= numberLabel(link.from.port?.number);
    const heard = link.to && portLabel(link.to.port);
    const label = heard ?? { number: link.state === 'broken' ? 'nothing' : UNKNOWN };
    const process = cards.process(set, link, label);
    this.#wire(pod, process, [link]);
    return { at: process, passed: [] };
  }

  #wire(from: Socket | undefined, to: Socket, passed: readonly ReportLink[]): void {
    if (from && this.#wireWords(from, to.card, passed)) return;
    this.#board.wires.add(from, to, passed, this.#chain.entry.kind === 'cluster');
  }

  /** Where two ends disagree in something that is no port, the wire runs between what each says, and is cut there. */
  #wireWords(left: Socket, to: Card, passed: readonly ReportLink[]): boolean {
    const link = passed.find(({ state, disagreeing }) => state === 'broken' && disagreeing);
    if (!link) return false;
    const { cards, wires } = this.#board;
    const refersOut = REFERS_OUT.has(link.kind);
    for (const one of link.disagreeing!) {
      const [outer, inner] = refersOut ? [thereOf(one), one.from] : [one.from, thereOf(one)];
      const isOfPort = OF_PORTS.has(one.what) && !refersOut;
      const from = isOfPort ? left : cards.word(left.card, 'right', one.what, outer);
      from.row.right = { number: outer };
      wires.add(from, cards.word(to, 'left', one.what, inner), passed, this.#chain.entry.kind === 'cluster');
    }
    return true;
  }
}

/** A route refers to its listener, a Service to the nodes, and traffic comes the other way. */
const REFERS_OUT: ReadonlySet<string> = new Set(['parent', 'host']);

/** What stands on the line of the port that is left. */
const OF_PORTS: ReadonlySet<string> = new Set(['port', 'port name']);

/** What a route sends to that names no port: where both ends disagree in something else, that stands on its own line. */
function withoutPort({ state, to, disagreeing }: ReportLink): PortLabel | undefined {
  if (disagreeing) return undefined;
  return { number: state === 'whole' && !to ? ITSELF : UNKNOWN };
}

/** To another route, such as a TraefikService or an included HTTPProxy. */
const handsOver = ({ kind, to }: ReportLink): boolean =>
  kind === 'backend' && to !== null && to.resource.kind !== 'Service';
