import type { ReportChain, ReportEnd, ReportLink, ReportResource } from '../report.ts';
import type { Card, Lane, PortLabel, Row, Socket } from './card.ts';
import { brief, briefName, ITSELF, pathOf, portKey, portLabel, thereOf, UNKNOWN, wayIn } from './words.ts';

/** The cards of a picture, each made when the first wire reaches it, and found again by those that follow. */
export class Cards {
  readonly #byKey = new Map<string, Card>();
  /** What ends say that is no port stands below the ports, whichever was drawn first. */
  readonly #words = new Map<Card, Row[]>();
  /** The rows by their keys, of cards that have many. */
  readonly #many = new Map<Card, Map<string, Row>>();

  /** All of them in the order in which they were made, when nothing more is drawn. */
  finished(): Card[] {
    const all = [...this.#byKey.values()];
    for (const card of all) {
      for (const word of this.#words.get(card) ?? []) card.rows.push(word);
      card.rows.forEach((row, at) => {
        row.at = at;
      });
    }
    return all;
  }

  get count(): number {
    return this.#byKey.size;
  }

  /** The way in of a chain: one card for a host, one row for a path. */
  entry(set: string, { entry }: ReportChain): Socket {
    const title = wayIn(entry);
    const owner = entry.host === null || entry.host === '*' ? keyOf(entry.resource) : '';
    const id = `in|${set}|${entry.kind}|${title}|${owner}`;
    const card = this.#card(id, 'internet', title, ENTRY_WORDS[entry.kind]);
    const path = pathOf(entry);
    const number = entry.port === null ? '' : String(entry.port);
    const row = this.#row(card, `${path}|${number}|${owner}`, path);
    row.right = { number: number === '' ? UNKNOWN : number };
    return { card, row };
  }

  /** A route, or what traffic passes before it. */
  route(set: string, resource: ReportResource, key: string, text: string): Socket {
    const card = this.object('route', set, resource);
    return { card, row: this.#row(card, key, text) };
  }

  /** The card of a route, if it is drawn. */
  routeOf(set: string, resource: ReportResource): Card | undefined {
    return this.#byKey.get(`route|${set}|${keyOf(resource)}`);
  }

  /** A port of a Service or of a Pod; where the end names none, what is known of it `instead`. */
  port(lane: 'service' | 'pod', set: string, end: ReportEnd, instead: string = UNKNOWN): Socket {
    const card = this.object(lane, set, end.resource);
    const label = portLabel(end.port);
    const { protocol = 'TCP' } = end.port ?? {};
    const key = label ? portKey(end) : `${instead}/${protocol}`;
    const row = this.#row(card, key, protocol === 'TCP' ? '' : protocol);
    row.left ??= label ?? { number: instead };
    return { card, row };
  }

  /** What listens in a container, or what is there in its place. */
  process(set: string, { id: link, from, to, grounds: [ground] }: ReportLink, label: PortLabel): Socket {
    const { container, resource } = to ?? from;
    const { namespace, name } = resource;
    const id = `process|${set}|${keyOf(resource)}|${container ?? name}`;
    const said = namespace === '' ? 'container' : `container · ${namespace}`;
    const card = this.#card(id, 'process', container ?? name, said);
    const row = this.#row(card, label.number, '');
    if (ground && !row.left) card.known.push({ link, number: label.number, says: brief(ground.says) });
    row.left = label;
    return { card, row };
  }

  /** What an end says that is no port, such as a label: it stands on a line of its own. */
  word(card: Card, side: 'left' | 'right', what: string, said: string): Socket {
    const row = this.#row(card, `${side} ${what}: ${said}`, what, true);
    row[side] = { number: said };
    return { card, row };
  }

  /** Where the input has nothing, a card of that says so. */
  ghost(lane: Lane, link: ReportLink, wanted: PortLabel | undefined): Socket {
    const said = link.kind === 'target-port' && !link.to ? 'an endpoint' : GHOST_WORDS[lane];
    const words = link.state === 'whole' ? 'no backend is asked' : said;
    const card = this.#card(`ghost|${link.id}`, lane, GHOST_TITLES[link.state], words, true);
    const [disagreement] = link.disagreeing ?? [];
    if (disagreement) return this.word(card, 'left', disagreement.what, thereOf(disagreement));
    const row = this.#row(card, '', '');
    row.left = { number: GHOST_NUMBERS[link.state] ?? (wanted ? `no ${wanted.number}` : 'none') };
    return { card, row };
  }

  /** An object of the input, whatever of it is meant. */
  object(lane: Lane, set: string, resource: ReportResource): Card {
    const said = resource.namespace === '' ? resource.kind : `${resource.kind} · ${resource.namespace}`;
    return this.#card(`${lane}|${set}|${keyOf(resource)}`, lane, resource.name, said);
  }

  #card(id: string, lane: Lane, title: string, subtitle: string, ghost = false): Card {
    const there = this.#byKey.get(id);
    if (there) return there;
    const card: Card = {
      id,
      number: this.count,
      lane,
      title: briefName(title),
      subtitle: brief(subtitle),
      ghost,
      rows: [],
      notes: [],
      marks: [],
      known: [],
    };
    this.#byKey.set(id, card);
    return card;
  }

  #row(card: Card, key: string, text: string, isWord = false): Row {
    const there = this.#rowOf(card, key);
    if (there) return there;
    const row: Row = {
      key,
      at: -1,
      left: undefined,
      right: undefined,
      text: brief(text),
      isWord,
      leftState: 'quiet',
      rightState: 'quiet',
    };
    if (!isWord) card.rows.push(row);
    else if (this.#words.has(card)) this.#words.get(card)!.push(row);
    else this.#words.set(card, [row]);
    this.#many.get(card)?.set(key, row);
    return row;
  }

  #rowOf(card: Card, key: string): Row | undefined {
    const known = this.#many.get(card);
    if (known) return known.get(key);
    const words = this.#words.get(card) ?? [];
    if (card.rows.length + words.length > FEW)
      this.#many.set(card, new Map([...card.rows, ...words].map((row) => [row.key, row])));
    return card.rows.find((row) => row.key === key) ?? words.find((row) => row.key === key);
  }
}

/** So many are looked through sooner than a table of them is made. */
const FEW = 8;

export const keyOf = ({ apiVersion, kind, namespace, name }: ReportResource): string =>
  `${apiVersion}|${kind}|${namespace}|${name}`;

const ENTRY_WORDS: Readonly<Record<ReportChain['entry']['kind'], string>> = {
  ingress: 'by Ingress',
  gateway: 'by Gateway',
  'load-balancer': 'Service of type LoadBalancer',
  'node-port': 'Service of type NodePort',
  'host-port': 'hostPort',
  cluster: 'nothing outside reaches it',
};

/** Of what is not there: a route that answers by itself has no need of it. */
const GHOST_TITLES = {
  whole: 'answered here',
  broken: 'nothing there',
  unproved: 'not in the input',
} as const;
const GHOST_NUMBERS = { whole: ITSELF, broken: undefined, unproved: UNKNOWN } as const;

const GHOST_WORDS: Readonly<Record<Lane, string>> = {
  internet: 'a way in',
  route: 'a listener',
  service: 'a port of a Service',
  pod: 'a Pod',
  process: 'a process',
};
