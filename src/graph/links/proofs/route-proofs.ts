import type { Protocol } from '../../../model/protocol.ts';
import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import { withArticle } from '../../../text/article.ts';
import type { Named } from '../lacks/lack.ts';

/** What proves routes of Traefik, OpenShift and Contour, or that they lead nowhere. */
export interface RouteProofs {
  readonly 'entry-point': Nothing;
  readonly 'own-entry-point': Nothing;
  readonly 'no-entry-point': { readonly name: string; readonly names: readonly string[] };
  readonly 'protocol-of-entry-point': {
    readonly name: string;
    readonly protocol: Protocol;
    readonly kind: string;
    readonly carries: Protocol;
  };
  readonly 'ingress-route': Nothing;
  readonly 'no-ingress-route': { readonly namespace: string; readonly name: string };
  readonly 'no-port-for-traefik': Nothing;
  readonly 'no-scheme': { readonly scheme: string };
  readonly 'headless-behind-native-lb': Nothing;
  readonly 'external-port': Nothing;
  readonly 'no-cross-namespace': { readonly workload: Named };
  readonly 'endpoints-of-name': Nothing;
  readonly 'endpoints-of-number': Nothing;
  readonly 'no-endpoint-of-port': { readonly service: string; readonly port: string };
  readonly 'no-tcp-port-for-router': { readonly service: string };
  readonly 'every-tcp-port': Nothing;
  readonly 'only-tcp-port': Nothing;
  readonly 'no-port-for-contour': Nothing;
}

export const ROUTE_PROOFS: Wordings<RouteProofs> = {
  'entry-point': () => 'Traefik opens this entry point',
  'own-entry-point': () => "it is Traefik's own entry point",
  'no-entry-point': ({ name, names }) => `Traefik opens no entry point ${name}: it has ${names.join(', ')}`,
  'protocol-of-entry-point': ({ name, protocol, kind, carries }) =>
    `entry point ${name} is one for ${protocol}, and ${withArticle(kind)} carries ${carries}`,
  'ingress-route': () => 'the IngressRoute is there',
  'no-ingress-route': ({ namespace, name }) => `namespace ${namespace} has no IngressRoute ${name}`,
  'no-port-for-traefik': () => 'Traefik takes no Service without a port, and says `service port not defined`',
  'no-scheme': ({ scheme }) => `Traefik knows no scheme ${scheme}: it has http, https and h2c`,
  'headless-behind-native-lb': () =>
    'nativeLB sends traffic to the cluster IP, and a headless Service has none',
  'external-port': () => 'Traefik dials this port of the external name',
  'no-cross-namespace': ({ workload }) =>
    `Traefik reaches Services of another namespace only with allowCrossNamespace, which ${workload.kind} ${workload.name} does not set`,
  'endpoints-of-name': () => 'the endpoints have a port of this name',
  'endpoints-of-number': () => 'the endpoints have a port of this number',
  'no-endpoint-of-port': ({ service, port }) => `no endpoint of Service ${service} has a TCP port ${port}`,
  'no-tcp-port-for-router': ({ service }) =>
    `Service ${service} has no TCP port, and the router takes no other`,
  'every-tcp-port': () => 'without a port, the router takes every TCP port',
  'only-tcp-port': () => 'the Service has one TCP port',
  'no-port-for-contour': () => 'Contour takes no Service without a port',
};
