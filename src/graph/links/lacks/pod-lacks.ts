import type { KnownListener } from '../../../process/listeners/container-process.ts';
import { type Doubt, wordDoubt } from '../../../process/listeners/doubts/doubt.ts';
import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { wordListener } from '../../../process/listeners/grounds/listener-words.ts';
import { lack, type WantedObject, type Wordings } from './lack.ts';

/** What ports of a Pod, probes and variables can lack. */
export interface PodLacks {
  readonly process: {
    readonly number: number;
    /** Where it is known to listen instead, or as well. */
    readonly elsewhere: KnownListener | undefined;
    readonly doubt: Doubt | undefined;
    readonly container: string;
  };
  readonly 'address-of-process': {
    readonly loopback: KnownListener;
    readonly doubt: Doubt;
    readonly container: string;
  };
  readonly 'sight-of-process': Nothing;
  readonly containers: Nothing;
  readonly 'handed-on': Handed;
  readonly 'handed-on-filled-in': Handed;
  readonly 'dialled-from-node': { readonly host: string };
  readonly 'optional-key': { readonly object: WantedObject };
  readonly 'config-object': { readonly object: WantedObject };
}

export const POD_LACKS: Wordings<PodLacks> = {
  process: lack(
    'observation',
    ({ number, elsewhere, doubt, container }) =>
      `${elsewhere ? `it listens on ${elsewhere.port}, as ${wordListener(elsewhere)}; whether it listens on ${number} as well is not known: ` : ''}${
        doubt ? wordDoubt(doubt) : 'it may listen there under settings that are not followed'
      }; a log line or an open socket of container ${container} would prove it`,
  ),
  'address-of-process': lack(
    'observation',
    ({ loopback, doubt, container }) =>
      `it listens on ${loopback.port} for its own Pod's loopback, as ${wordListener(loopback)}; whether it listens elsewhere as well is not known: ${wordDoubt(doubt)}; a log line or an open socket of container ${container} would prove it`,
  ),
  'sight-of-process': lack(
    'observation',
    () => 'what the process says in its log, or an open socket of it, would prove it',
  ),
  containers: lack('object', () => 'the workload has no containers in the input'),
  'handed-on': lack('observation', (handed) => `${wordHanded(handed)}; an open socket there would prove it`),
  'handed-on-filled-in': lack(
    'built',
    (handed) => `${wordHanded(handed)}, which is filled in before it is applied`,
  ),
  'dialled-from-node': lack('observation', ({ host }) => `it dials ${host} from the node instead of the Pod`),
  'optional-key': lack('object', () => 'the key is optional and not there'),
  'config-object': lack(
    'object',
    ({ object }) => `${object.kind} ${object.name} is not in the input; its manifest would prove it`,
  ),
};

/** A port of the Pod that Istio's proxy takes and hands on. */
export interface Handed {
  readonly sidecar: string;
  readonly number: number;
  readonly to: string;
}

export const wordHanded = ({ sidecar, number, to }: Handed): string =>
  `Sidecar ${sidecar} hands ${number} to ${to}`;
