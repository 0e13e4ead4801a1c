import { type Ground, wordGround, wordGrounds } from '../grounds/ground.ts';
import type { Nothing, Wordings } from './wording.ts';

/** What stays or becomes open by what was seen of a process: its log, its sockets, connections to it. */
export interface SeenDoubts {
  readonly 'bind-failed': { readonly grounds: readonly Ground[] };
  readonly 'log-ends': { readonly ground: Ground; readonly isLink: boolean };
  readonly 'log-of-another': { readonly log: string };
  readonly 'listener-surprises': { readonly port: number; readonly grounds: readonly Ground[] };
  readonly 'some-pods-listen': { readonly pods: number; readonly listening: number; readonly port: number };
  readonly 'answers-on-localhost': Nothing;
  readonly 'connection-timed-out': { readonly port: number };
}

export const SEEN_DOUBTS: Wordings<SeenDoubts> = {
  'bind-failed': ({ grounds }) => wordGrounds(grounds),
  'log-ends': ({ ground, isLink }) =>
    `${wordGround(ground)}${isLink ? ', which is the link of a Service in place of a number' : ''}`,
  'log-of-another': ({ log }) => `${log} announces none of the ports that were inferred`,
  'listener-surprises': ({ port, grounds }) =>
    `that it listens on ${port} was not known: ${wordGrounds(grounds)}`,
  'some-pods-listen': ({ pods, listening, port }) =>
    `of ${pods} Pods whose sockets were seen, ${listening} listen on ${port}`,
  'answers-on-localhost': () => "it answers on localhost; whether on the Pod's address, too, is open",
  'connection-timed-out': ({ port }) => `a connection to port ${port} of the Pod's address timed out`,
};
