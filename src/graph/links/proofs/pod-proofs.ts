import type { Protocol } from '../../../model/protocol.ts';
import type { KnownListener } from '../../../process/listeners/container-process.ts';
import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import { type Ground, wordGrounds } from '../../../process/listeners/grounds/ground.ts';
import { wordListener } from '../../../process/listeners/grounds/listener-words.ts';
import type { Named } from '../lacks/lack.ts';
import { type Handed, wordHanded } from '../lacks/pod-lacks.ts';

/** What proves ports of a Pod, probes and variables, or that nothing is there. */
export interface PodProofs {
  readonly listens: { readonly listener: KnownListener };
  readonly 'listens-behind-proxy': { readonly listener: KnownListener; readonly handed: Handed };
  readonly 'listens-elsewhere': { readonly listener: KnownListener };
  readonly 'listens-on-loopback': { readonly number: number };
  /** Seen to be closed to other Pods, and open inside. */
  readonly 'seen-inside': { readonly number: number; readonly listener: KnownListener };
  readonly 'seen-closed': { readonly grounds: readonly Ground[] };
  readonly 'listens-nowhere': { readonly number: number; readonly protocol: Protocol };
  readonly 'no-probe-number': Nothing;
  readonly 'name-in-grpc': Nothing;
  readonly 'no-container-port-of-name': { readonly container: string; readonly name: string };
  readonly key: { readonly key: string };
  readonly 'no-key': { readonly object: Named; readonly key: string };
  readonly 'no-object': { readonly object: Named; readonly namespace: string };
}

export const POD_PROOFS: Wordings<PodProofs> = {
  listens: ({ listener }) => wordListener(listener),
  'listens-behind-proxy': ({ listener, handed }) => `${wordListener(listener)}; ${wordHanded(handed)}`,
  'listens-elsewhere': ({ listener }) =>
    `the process listens on ${listener.port}/${listener.protocol}: ${wordListener(listener)}`,
  'listens-on-loopback': ({ number }) => `the process listens on ${number} for its own Pod's loopback only`,
  'seen-inside': ({ number, listener }) =>
    `the process listens on ${number} for ${listener.neverIpv4 ? 'IPv6 alone' : "its own Pod's loopback only"}: ${wordListener(listener)}`,
  'seen-closed': ({ grounds }) => wordGrounds(grounds),
  'listens-nowhere': ({ number, protocol }) => `the process is known not to listen on ${number}/${protocol}`,
  'no-probe-number': () => 'the port is no number from 1 to 65535',
  'name-in-grpc': () => 'a gRPC probe takes a number, never a name',
  'no-container-port-of-name': ({ container, name }) => `no port of container ${container} is called ${name}`,
  key: ({ key }) => `key ${key} is there`,
  'no-key': ({ object, key }) => `${object.kind} ${object.name} has no key ${key}`,
  'no-object': ({ object, namespace }) => `namespace ${namespace} has no ${object.kind} ${object.name}`,
};
