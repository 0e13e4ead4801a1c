import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { lack, type WantedObject, type Wordings } from './lack.ts';

/** What Istio's own objects can lack. */
export interface IstioLacks {
  readonly 'rules-of-protocol': { readonly protocol: string | undefined };
  readonly 'mesh-entry': { readonly object: WantedObject; readonly host: string };
  readonly entry: { readonly object: WantedObject; readonly host: string };
  readonly 'dotted-host': { readonly object: WantedObject; readonly host: string; readonly meant: string };
  readonly 'entry-port': { readonly object: WantedObject; readonly entry: string; readonly port: unknown };
  readonly 'dialled-port': { readonly service: string; readonly by: 'clients' | 'listeners' };
  readonly 'external-name-of-istio': Nothing;
  readonly 'loose-subset': {
    readonly rule: string;
    readonly subset: string;
    readonly ruleHost: string | undefined;
    readonly host: string;
  };
  readonly subset: { readonly object: WantedObject; readonly host: string; readonly subset: string };
}

export const ISTIO_LACKS: Wordings<IstioLacks> = {
  'rules-of-protocol': lack(
    'controller',
    ({ protocol }) =>
      `which rules a server of protocol ${protocol} runs is not known; the configuration of its Envoy would prove it`,
  ),
  'mesh-entry': lack(
    'object',
    ({ host }) =>
      `the input has no ServiceEntry for ${host}; its manifest would prove that the mesh knows this host`,
  ),
  entry: lack(
    'object',
    ({ host }) => `the input has no ServiceEntry for ${host}; its manifest would prove it`,
  ),
  'dotted-host': lack(
    'object',
    ({ host, meant }) =>
      `Istio completes no name with a dot: it takes ${host} as it is, and not for Service ${meant}; a ServiceEntry would prove it`,
  ),
  'entry-port': lack(
    'object',
    ({ entry, port }) =>
      `ServiceEntry ${entry} has no port ${port ?? 'that is meant'}; another one for this host would prove it`,
  ),
  'dialled-port': lack(
    'observation',
    ({ service, by }) =>
      `Istio takes the port that the client dialled, as Service ${service} has several; ${by === 'clients' ? 'who comes here' : 'the listeners'} would prove it`,
  ),
  'external-name-of-istio': lack(
    'controller',
    () => 'what Istio makes of an ExternalName depends on its version; its clusters would prove it',
  ),
  'loose-subset': lack(
    'object',
    ({ rule, subset, ruleHost, host }) =>
      `DestinationRule ${rule} has subset ${subset} and ${ruleHost === undefined ? 'says no host' : `is for ${ruleHost}`}; one for ${host} would prove it`,
  ),
  subset: lack(
    'object',
    ({ host, subset }) =>
      `the input has no DestinationRule that defines subsets of ${host}; its manifest would prove that there is ${subset}`,
  ),
};
