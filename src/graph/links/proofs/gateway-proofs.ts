import type { Nothing, Wordings } from '../../../process/listeners/doubts/wording.ts';
import { withArticle } from '../../../text/article.ts';
import type { Named } from '../lacks/lack.ts';

/** Why a Gateway refuses what is of another namespace. */
export type NamespaceRefusal =
  | { readonly is: 'other'; readonly own: string }
  | { readonly is: 'any' | 'labels' };

/** The port or listener that a parentRef asks for, by name, by number, or by neither. */
interface AskedParent {
  readonly name: string | undefined;
  readonly port: unknown;
}

/** What proves routes of the Gateway API, or that nobody takes them. */
export interface GatewayProofs {
  readonly 'listener-takes': Nothing;
  readonly 'group-without-service': { readonly group: string };
  readonly 'kind-without-listeners': { readonly kind: string; readonly group: string };
  readonly 'no-parent-in-cluster': {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  readonly 'no-listener': { readonly owner: Named } & AskedParent;
  readonly 'no-port-of-parent': { readonly service: string } & AskedParent;
  readonly 'unserved-listener': { readonly owner: Named; readonly listener: string };
  readonly 'protocol-of-listener': { readonly protocol: string; readonly kind: string };
  readonly 'kinds-of-listener': { readonly kind: string; readonly kinds: readonly string[] };
  readonly 'namespaces-of-listener': { readonly namespace: string; readonly refusal: NamespaceRefusal };
  readonly 'namespaces-of-gateway': {
    readonly gateway: string;
    readonly kind: string;
    readonly namespace: string;
    readonly refusal: NamespaceRefusal;
  };
  readonly 'hosts-of-listener': { readonly asked: readonly string[]; readonly host: string | undefined };
  readonly 'kind-of-group': { readonly kind: string | undefined; readonly group: string | undefined };
  readonly 'backend-without-port': Nothing;
  readonly 'no-grant': {
    readonly namespace: string;
    readonly kind: string;
    readonly from: string;
    readonly service: string;
  };
}

export const GATEWAY_PROOFS: Wordings<GatewayProofs> = {
  'listener-takes': () => 'the listener takes this route',
  'group-without-service': ({ group }) => `group ${group} has no kind Service; a Service is of the group ""`,
  'kind-without-listeners': ({ kind, group }) =>
    `no kind ${kind} of group ${group} has listeners: a route attaches to a Gateway or a ListenerSet`,
  'no-parent-in-cluster': ({ kind, namespace, name }) => `the cluster has no ${kind} ${namespace}/${name}`,
  'no-listener': ({ owner, ...asked }) =>
    `${owner.kind} ${owner.name} has no ${wordAsked('listener', asked)}`,
  'no-port-of-parent': ({ service, ...asked }) => `Service ${service} has no ${wordAsked('port', asked)}`,
  'unserved-listener': ({ owner, listener }) =>
    `no controller serves listener ${listener} of ${owner.kind} ${owner.name} as it is`,
  'protocol-of-listener': ({ protocol, kind }) => `a listener of protocol ${protocol} takes no ${kind}`,
  'kinds-of-listener': ({ kind, kinds }) =>
    `the listener allows no ${kind}: its kinds are ${kinds.join(', ')}`,
  'namespaces-of-listener': ({ namespace, refusal }) =>
    `the listener takes no routes from namespace ${namespace}, as ${wordRefusal(refusal)}`,
  'namespaces-of-gateway': ({ gateway, kind, namespace, refusal }) =>
    `Gateway ${gateway} takes no ${kind} from namespace ${namespace}: ${wordRefusal(refusal)}`,
  'hosts-of-listener': ({ host }) => `no host name of the route is one that the listener serves, ${host}`,
  'kind-of-group': ({ kind, group }) =>
    `${withArticle(kind ?? 'resource')} of ${group ? `group ${group}` : 'the core group'} is no backend`,
  'backend-without-port': () => 'the API server takes no backend of kind Service without a port',
  'no-grant': ({ namespace, kind, from, service }) =>
    `no ReferenceGrant of namespace ${namespace} lets ${withArticle(kind)} of namespace ${from} reach Service ${service}`,
};

/** What a listener takes that refuses a namespace; undefined where it takes none. */
export function wordAllowed(refusal: NamespaceRefusal): string | undefined {
  if (refusal.is === 'any') return undefined;
  return refusal.is === 'other' ? refusal.own : 'those of the selector';
}

function wordRefusal(refusal: NamespaceRefusal): string {
  switch (refusal.is) {
    case 'other':
      return `only those of its own, ${refusal.own}, are allowed`;
    case 'any':
      return 'none are allowed';
    case 'labels':
      return 'its labels are not those of the selector';
  }
}

const wordAsked = (what: 'listener' | 'port', { name, port }: AskedParent): string =>
  name === undefined && port === undefined
    ? `${what}s`
    : [what, name, port === undefined ? undefined : `on port ${port}`].filter(Boolean).join(' ');
