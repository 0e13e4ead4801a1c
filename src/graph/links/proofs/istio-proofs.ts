import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';

/** What proves routes of Istio, or that nobody takes them. */
export interface IstioProofs {
  readonly 'server-takes': Nothing;
  readonly 'no-servers': { readonly gateway: string };
  readonly 'rules-of-server': {
    readonly protocol: string;
    readonly section: string;
    /** The protocols of the rules that there are. */
    readonly rules: readonly string[];
  };
  readonly 'namespaces-of-server': { readonly namespace: string; readonly allowed: readonly string[] };
  readonly 'hosts-of-server': { readonly asked: readonly string[]; readonly hosts: readonly string[] };
  readonly 'entry-in-mesh': Nothing;
  readonly 'dialled-in-mesh': Nothing;
  readonly 'no-host': Nothing;
  readonly 'one-port': Nothing;
  readonly 'host-of-entry': { readonly entry: string };
  readonly 'port-of-entry': { readonly entry: string };
  readonly 'settings-of-all-ports': Nothing;
  readonly 'dialled-port': Nothing;
  readonly 'no-dialled-port': { readonly service: string; readonly number: number };
  readonly 'no-subset': { readonly host: string; readonly subset: string };
}

export const ISTIO_PROOFS: Wordings<IstioProofs> = {
  'server-takes': () => 'the server takes this route',
  'no-servers': ({ gateway }) => `Gateway ${gateway} has no servers`,
  'rules-of-server': ({ protocol, section }) =>
    `a server of protocol ${protocol} runs rules under \`${section}\`, and the VirtualService has none`,
  'namespaces-of-server': ({ namespace }) => `the server takes no routes from namespace ${namespace}`,
  'hosts-of-server': ({ hosts }) =>
    `no host name of the route is one that the server serves, ${hosts.join(', ')}`,
  'entry-in-mesh': () => 'the ServiceEntry makes the host known to the mesh',
  'dialled-in-mesh': () => 'clients of the mesh dial this Service',
  'no-host': () => 'the destination has no host',
  'one-port': () => 'a Service with one port needs no number',
  'host-of-entry': ({ entry }) => `ServiceEntry ${entry} has this host`,
  'port-of-entry': ({ entry }) => `ServiceEntry ${entry} has this port`,
  'settings-of-all-ports': () => 'the settings are for all ports of this Service',
  'dialled-port': () => 'Istio takes the port that the client dialled',
  'no-dialled-port': ({ service, number }) =>
    `without a number Istio takes the port that the client dialled, ${number}, as Service ${service} has several, and none of this number`,
  'no-subset': ({ host, subset }) => `no DestinationRule for ${host} defines subset ${subset}`,
};
