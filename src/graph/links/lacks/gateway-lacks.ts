import type { Nothing } from '../../../process/listeners/doubts/wording.ts';
import { withArticle } from '../../../text/article.ts';
import { lack, type Named, type WantedObject, type Wordings } from './lack.ts';

/** What routes of the Gateway API can lack. */
export interface GatewayLacks {
  readonly 'listeners-of-kind': { readonly kind: string; readonly group: string };
  readonly parent: { readonly object: WantedObject };
  readonly 'gateway-of-set': { readonly object: WantedObject; readonly set: Named };
  readonly 'listener-port': Nothing;
  readonly 'refused-listener': { readonly owner: Named };
  readonly 'namespace-of-route': { readonly unplaced: Named };
  readonly 'namespace-labels': { readonly object: WantedObject };
  readonly 'routes-of-protocol': { readonly protocol: string | undefined };
  readonly 'own-backend': { readonly kind: string | undefined };
  readonly 'unread-grant': { readonly object: WantedObject };
  readonly 'namespace-for-grant': { readonly unplaced: Named; readonly namespace: string };
  readonly 'external-name-of-gateway': Nothing;
  readonly 'external-name-port': Nothing;
}

export const GATEWAY_LACKS: Wordings<GatewayLacks> = {
  'listeners-of-kind': lack(
    'controller',
    ({ kind, group }) =>
      `what ${withArticle(kind)} of group ${group} listens on, its implementation alone knows`,
  ),
  parent: lack(
    'object',
    ({ object }) =>
      `the input has no ${object.kind} ${object.namespace}/${object.name}; its manifest would prove it`,
  ),
  'gateway-of-set': lack(
    'object',
    ({ object, set }) =>
      `the input has no Gateway ${object.namespace}/${object.name ?? ''}, to which ${set.kind} ${set.name} adds its listeners; its manifest would prove it`,
  ),
  'listener-port': lack(
    'object',
    () => 'the port of a listener is no number; the manifest that the API server takes would prove it',
  ),
  'refused-listener': lack(
    'object',
    ({ owner }) =>
      `the API server refuses ${owner.kind} ${owner.name} for one of its listeners, so it is not there until that is mended`,
  ),
  'namespace-of-route': lack(
    'object',
    ({ unplaced }) =>
      `${unplaced.kind} ${unplaced.name} says no namespace; the one it is applied to would prove that the listener takes the route`,
  ),
  'namespace-labels': lack(
    'object',
    ({ object }) =>
      `the listener selects namespaces by label; the labels of namespace ${object.name} would prove it`,
  ),
  'routes-of-protocol': lack(
    'controller',
    ({ protocol }) => `which routes a listener of protocol ${protocol} takes depends on the implementation`,
  ),
  'own-backend': lack(
    'controller',
    ({ kind }) => `${withArticle(kind ?? 'resource')} is followed by its implementation alone`,
  ),
  'unread-grant': lack(
    'object',
    () => 'what could not be read may define the ReferenceGrant; once it is read it would prove it',
  ),
  'namespace-for-grant': lack(
    'object',
    ({ unplaced, namespace }) =>
      `${unplaced.kind} ${unplaced.name} says no namespace, and needs no ReferenceGrant in ${namespace}; the namespace it is applied to would prove it`,
  ),
  'external-name-of-gateway': lack(
    'controller',
    () =>
      'an ExternalName is a backend where the implementation permits it, as few do; the status of the route would prove it',
  ),
  'external-name-port': lack(
    'controller',
    () => 'what a proxy makes of a name without this port, it alone knows',
  ),
};
