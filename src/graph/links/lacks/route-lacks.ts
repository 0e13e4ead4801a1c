import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { withArticle } from '../../../text/article.ts';
import { lack, type WantedObject, type Wordings } from './lack.ts';

/** What routes of Traefik, OpenShift, Contour and of kinds that a configuration declares can lack. */
export interface RouteLacks {
  readonly delegate: { readonly object: WantedObject };
  readonly 'port-unsaid': Nothing;
  readonly 'own-filter': { readonly kind: string };
  readonly 'ingress-route': { readonly object: WantedObject };
  readonly 'other-provider': { readonly name: string };
  readonly 'protocol-of-traefik': { readonly sends: string; readonly declared: string };
  readonly 'external-name-of-traefik': Nothing;
  readonly 'other-namespace-of-traefik': Nothing;
  readonly 'external-name-of-contour': Nothing;
  readonly 'endpoints-of-route': { readonly asked: string; readonly service: string };
}

export const ROUTE_LACKS: Wordings<RouteLacks> = {
  delegate: lack(
    'object',
    ({ object }) =>
      `the input has no ${object.kind} ${object.name ?? ''} of namespace ${object.namespace}; its manifest would prove it`,
  ),
  'port-unsaid': lack('controller', () => 'it names the Service and no port'),
  'own-filter': lack(
    'controller',
    ({ kind }) =>
      `the rule has no backend, and ${withArticle(kind)} that may answer; the controller's own manual would prove it`,
  ),
  'ingress-route': lack(
    'object',
    ({ object }) => `the input has no IngressRoute ${object.name}; its manifest would prove it`,
  ),
  'other-provider': lack(
    'controller',
    ({ name }) => `${name} is a service of another provider; the configuration of Traefik would prove it`,
  ),
  'protocol-of-traefik': lack(
    'observation',
    ({ sends, declared }) =>
      `Traefik takes this port without asking for its protocol, and sends ${sends} where ${declared} is declared`,
  ),
  'external-name-of-traefik': lack(
    'controller',
    () => 'Traefik follows an ExternalName only with allowExternalNameServices; its flags would prove it',
  ),
  'other-namespace-of-traefik': lack(
    'controller',
    () =>
      'Traefik reaches Services of another namespace only with allowCrossNamespace; its flags would prove it',
  ),
  'external-name-of-contour': lack(
    'controller',
    () => 'Contour follows an ExternalName only with enableExternalNameService; its settings would prove it',
  ),
  'endpoints-of-route': lack(
    'observation',
    ({ asked, service }) =>
      `the router compares ${asked} with the endpoints of Service ${service}; its Pods or Endpoints would prove it`,
  ),
};
