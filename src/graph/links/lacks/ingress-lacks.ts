import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { lack, type Named, type Wordings } from './lack.ts';

/** What an Ingress, and the entries that ingress-nginx and its like read from a ConfigMap, can lack. */
export interface IngressLacks {
  readonly 'passed-through': Nothing;
  readonly 'lenient-controller': Nothing;
  readonly 'protocol-of-ingress': { readonly protocol: string };
  readonly 'external-name-of-ingress': Nothing;
  readonly 'external-name-of-nginx': {
    readonly number: number | undefined;
    readonly host: string | undefined;
  };
  readonly action: { readonly annotation: string };
  readonly 'action-forwards': Nothing;
  readonly 'resource-backend': Nothing;
  readonly 'first-port': Nothing;
  readonly 'stream-controller': Nothing;
  readonly 'stream-service': { readonly workload: Named; readonly number: number; readonly protocol: string };
}

export const INGRESS_LACKS: Wordings<IngressLacks> = {
  'passed-through': lack(
    'controller',
    () =>
      'with ssl-passthrough a targetPort is not accepted; the flags of the controller would prove whether that is on',
  ),
  'lenient-controller': lack(
    'controller',
    () =>
      'only ingress-nginx and haproxy-ingress accept a targetPort; the IngressClass would prove which controller this is',
  ),
  'protocol-of-ingress': lack(
    'controller',
    ({ protocol }) =>
      `the Service has this port for ${protocol} only, and what an Ingress makes of that depends on the controller`,
  ),
  'external-name-of-ingress': lack(
    'controller',
    () => 'which port of an ExternalName is dialled depends on the controller',
  ),
  'external-name-of-nginx': lack('observation', ({ number, host }) =>
    number === undefined
      ? 'ingress-nginx makes port 0 of a targetPort that is a name'
      : `ingress-nginx dials port ${number} of ${host ?? 'the external name'}; a connection would prove it`,
  ),
  action: lack(
    'controller',
    ({ annotation }) =>
      `no annotation ${annotation} defines this action; the IngressClass would prove that one is needed`,
  ),
  'action-forwards': lack('controller', () => 'the action forwards to what no Service of the input shows'),
  'resource-backend': lack('controller', () => 'a resource backend is followed by its controller alone'),
  'first-port': lack('object', () => 'the Service has no port that could be the first'),
  'stream-controller': lack(
    'controller',
    () =>
      `only haproxy-ingress takes a targetPort here; the controller's own manifest would prove which one this is`,
  ),
  'stream-service': lack(
    'controller',
    ({ workload, number, protocol }) =>
      `no Service before ${workload.kind} ${workload.name} has port ${number}/${protocol}; one that does would prove it`,
  ),
};
