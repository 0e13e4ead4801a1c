import type { ReportChain, ReportEnd, ReportLink, ReportResource } from '../report.ts';
import type { Card, Lane, PortLabel, Row, Socket } from './card.ts';
import { nameOf, pathOf, portLabel, wayIn } from './words.ts';

/** The cards of a picture, each made when the first wire reaches it, and found again by those that follow. */
export class Cards {
  readonly #byKey = new Map<string, Card>();
  readonly #rows = new Map<Card, Map<string, Row>>();

  get all(): Card[] {
    return [...this.#byKey.values()];
  }

  get count(): number {
    return this.#byKey.size;
  }

  /** The way in of a chain: one card for a host, one row for a path. */
  entry(set: string, { entry }: ReportChain): Socket {
    const title = wayIn(entry);
    const owner = entry.host === null || entry.host === '*' ? keyOf(entry.resource) : '';
    const card = this.#card(`in|${set}|${entry.kind}|${title}|${owner}`, {
      ...{ lane: 'internet', depth: 0, title },
      subtitle: ENTRY_WORDS[entry.kind],
    });
    const path = pathOf(entry);
    const number = entry.port === null ? '' : String(entry.port);
    const row = this.#row(card, `${path}|${number}|${owner}`, path);
    row.right = { number: number === '' ? '?' : number };
    return { card, row };
  }

  /** A route, or what traffic passes before it; `depth` counts from the Service outwards. */
  route(set: string, resource: ReportResource, depth: number, key: string, text: string): Socket {
    const card = this.#object('route', set, resource, depth);
    return { card, row: this.#row(card, key, text) };
  }

  /** A port of a Service or of a Pod; where the end names none, the one that was `wanted` and is not there. */
  port(lane: 'service' | 'pod', set: string, end: ReportEnd, wanted?: PortLabel | undefined): Socket {
    const card = this.#object(lane, set, end.resource, 0);
    const label = portLabel(end.port) ?? (wanted && { number: `no ${wanted.number}` });
    const { name, number, protocol = 'TCP' } = end.port ?? {};
    const row = this.#row(
      card,
      `${number ?? name ?? label?.number ?? ''}/${protocol}`,
      protocol === 'TCP' ? '' : protocol,
    );
    row.left ??= label;
    return { card, row };
  }

  /** What listens in a container, or what is there in its place; `known` says how. */
  process(set: string, end: ReportEnd, label: PortLabel, known: string | undefined): Socket {
    const container = end.container ?? end.resource.name;
    const card = this.#card(`process|${set}|${keyOf(end.resource)}|${container}`, {
      ...{ lane: 'process', depth: 0, title: container },
      subtitle: known ?? `${end.resource.kind} ${nameOf(end.resource)}`,
    });
    const row = this.#row(card, label.number, '');
    row.left = label;
    return { card, row };
  }

  /** Where the input has nothing, a card of that says so. */
  ghost(lane: Lane, link: ReportLink, depth: number, wanted: PortLabel | undefined): Socket {
    const card = this.#card(`ghost|${link.id}`, {
      ...{ lane, depth, title: link.state === 'broken' ? 'nothing there' : 'not in the input' },
      ...{ subtitle: GHOST_WORDS[lane], ghost: true },
    });
    const row = this.#row(card, '', '');
    row.left = { number: link.state !== 'broken' ? '?' : wanted ? `no ${wanted.number}` : 'none' };
    return { card, row };
  }

  #object(lane: Lane, set: string, resource: ReportResource, depth: number): Card {
    return this.#card(`${lane}|${set}|${keyOf(resource)}`, {
      ...{ lane, depth, title: resource.name },
      subtitle: resource.namespace === '' ? resource.kind : `${resource.kind} · ${resource.namespace}`,
    });
  }

  #card(
    id: string,
    made: Pick<Card, 'lane' | 'depth' | 'title' | 'subtitle'> & { readonly ghost?: boolean },
  ): Card {
    const there = this.#byKey.get(id);
    if (there) return there;
    const card: Card = { id, ghost: false, rows: [], notes: [], marks: [], ...made };
    this.#byKey.set(id, card);
    this.#rows.set(card, new Map());
    return card;
  }

  #row(card: Card, key: string, text: string): Row {
    const rows = this.#rows.get(card)!;
    const there = rows.get(key);
    if (there) return there;
    const row: Row = { left: undefined, right: undefined, text, leftState: 'quiet', rightState: 'quiet' };
    rows.set(key, row);
    card.rows.push(row);
    return row;
  }
}

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

const GHOST_WORDS: Readonly<Record<Lane, string>> = {
  internet: 'a way in',
  route: 'a listener',
  service: 'a port of a Service',
  pod: 'a Pod',
  process: 'a process',
};
