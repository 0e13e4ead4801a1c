import type { ReportLink, State } from '../report.ts';

/** The five lanes of the picture, from where traffic comes to where it is answered. */
export const LANES = ['internet', 'route', 'service', 'pod', 'process'] as const;
export type Lane = (typeof LANES)[number];

/** What stands at a socket: the number in bold, the name beside it. */
export interface PortLabel {
  readonly number: string;
  readonly name?: string | undefined;
}

/** `quiet`: no link of the picture ends here. */
export type SocketState = State | 'quiet';

/** One line of a card: what it accepts on its left, and what it sends to on its right. */
export interface Row {
  /** What it is found by in its card. */
  readonly key: string;
  /** Which line of its card it is, from 0; known when all is drawn. */
  at: number;
  left: PortLabel | undefined;
  right: PortLabel | undefined;
  /** Between the two: a path, what a listener is called. */
  readonly text: string;
  /** What an end says that is no port. */
  readonly isWord: boolean;
  leftState: SocketState;
  rightState: SocketState;
}

/** A sentence under a card: why a wire is cut, or what would prove it. */
export interface Note {
  /** The link that it is about. */
  readonly link: string;
  readonly state: State;
  readonly text: string;
}

/**
 * What is fixed to a port besides traffic: a probe, a policy that gates it, a scrape, TLS, a port of the node, a mesh;
 * `link` is whatever else of an object leads nowhere.
 */
export interface Mark {
  readonly kind: 'probe' | 'policy' | 'monitor' | 'tls' | 'host' | 'mesh' | 'link';
  readonly link: string;
  readonly state: State;
  /** Of a broken one: both values that disagree, `8080 ✕ 80`. */
  readonly values?: string | undefined;
  readonly text: string;
}

/** An object of the input, or the place where one is missing. */
export interface Card {
  readonly id: string;
  /** In the order in which cards are made: what a picture calls it, as an id may have megabytes. */
  readonly number: number;
  readonly lane: Lane;
  readonly title: string;
  readonly subtitle: string;
  /** Nothing of the input is here. */
  readonly ghost: boolean;
  readonly rows: Row[];
  readonly notes: Note[];
  readonly marks: Mark[];
  /** Of a process: how each of its ports is known. */
  readonly known: Known[];
}

/** How it is known what stands at a socket. */
export interface Known {
  /** The link that is known so. */
  readonly link: string;
  readonly number: string;
  readonly says: string;
}

/** Where a wire ends: a row of a card. */
export interface Socket {
  readonly card: Card;
  readonly row: Row;
}

/** What runs between two cards: one or more links of the report, or only the way of the traffic. */
export interface Wire {
  readonly from: Socket;
  readonly to: Socket;
  state: State;
  links: readonly ReportLink[];
  /** Nothing outside the cluster comes this way. */
  inside: boolean;
}

/** The picture before it has places: cards and wires in the order in which they are to be drawn, worst chains first. */
export interface Picture {
  readonly cards: readonly Card[];
  readonly wires: readonly Wire[];
  /** How many of each state are drawn. */
  readonly chains: Readonly<Record<State, number>>;
  /** How many chains there was no room for. */
  readonly left: number;
}
