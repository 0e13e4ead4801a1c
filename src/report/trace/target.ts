import { table } from '../../text/table.ts';

/** What `portolan trace` is asked to follow. */
export type Target =
  | {
      readonly kind: 'url';
      readonly host: string;
      readonly path: string | undefined;
      /** Written, or that of the scheme; undefined where neither says one. */
      readonly port: number | undefined;
    }
  | {
      readonly kind: 'resource';
      readonly resourceKind: string;
      /** API group, where the kind alone could mean two; `` is the core group. */
      readonly group?: string;
      readonly name: string;
      readonly port: string | undefined;
      /** Where a name of the cluster's DNS says it. */
      readonly namespace?: string;
    };

/** A kind, and its API group where another group has a kind of this name. */
interface Kind {
  readonly resourceKind: string;
  readonly group?: string;
}

/** How people call the kinds that a chain passes: in the singular, the plural, and kubectl's short form. */
const NAMES: readonly (readonly [Kind, string])[] = [
  [{ resourceKind: 'Ingress' }, 'ingress ingresses ing'],
  [{ resourceKind: 'Gateway' }, 'gateway gateways gtw gw'],
  [{ resourceKind: 'ListenerSet' }, 'listenerset listenersets lset'],
  [{ resourceKind: 'HTTPRoute' }, 'httproute httproutes'],
  [{ resourceKind: 'GRPCRoute' }, 'grpcroute grpcroutes'],
  [{ resourceKind: 'TLSRoute' }, 'tlsroute tlsroutes'],
  [{ resourceKind: 'TCPRoute' }, 'tcproute tcproutes'],
  [{ resourceKind: 'UDPRoute' }, 'udproute udproutes'],
  [{ resourceKind: 'IngressRoute' }, 'ingressroute ingressroutes'],
  [{ resourceKind: 'IngressRouteTCP' }, 'ingressroutetcp ingressroutetcps'],
  [{ resourceKind: 'IngressRouteUDP' }, 'ingressrouteudp ingressrouteudps'],
  [{ resourceKind: 'VirtualService' }, 'virtualservice virtualservices vs'],
  [{ resourceKind: 'Route' }, 'route routes'],
  [{ resourceKind: 'HTTPProxy' }, 'httpproxy httpproxies proxy proxies'],
  [{ resourceKind: 'Service', group: '' }, 'service services svc'],
  [{ resourceKind: 'Service', group: 'serving.knative.dev' }, 'ksvc kservice kservices'],
  [{ resourceKind: 'Deployment' }, 'deployment deployments deploy'],
  [{ resourceKind: 'StatefulSet' }, 'statefulset statefulsets sts'],
  [{ resourceKind: 'DaemonSet' }, 'daemonset daemonsets ds'],
  [{ resourceKind: 'ReplicaSet' }, 'replicaset replicasets rs'],
  [{ resourceKind: 'ReplicationController' }, 'replicationcontroller replicationcontrollers rc'],
  [{ resourceKind: 'Rollout' }, 'rollout rollouts ro'],
  [{ resourceKind: 'DeploymentConfig' }, 'deploymentconfig deploymentconfigs dc'],
  [{ resourceKind: 'Pod' }, 'pod pods po'],
  [{ resourceKind: 'Job' }, 'job jobs'],
  [{ resourceKind: 'CronJob' }, 'cronjob cronjobs cj'],
];

const KINDS: ReadonlyMap<string, Kind> = new Map(
  NAMES.flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind])),
);

export const KIND_NAMES: readonly string[] = [
  'ingress',
  'gateway',
  'httproute',
  'svc',
  'deploy',
  'sts',
  'ds',
  'pod',
  'job',
];

/** Groups as `kubectl -o name` appends them; what stands behind another dot is a host. */
const GROUPS: ReadonlySet<string> = new Set([
  ...['apps', 'batch', 'extensions', 'networking.k8s.io', 'gateway.networking.k8s.io'],
  ...['gateway.networking.x-k8s.io', 'networking.istio.io', 'traefik.io', 'traefik.containo.us'],
  ...['route.openshift.io', 'apps.openshift.io', 'projectcontour.io', 'serving.knative.dev', 'argoproj.io'],
]);

/** A kind as kubectl takes and prints it: `deploy`, `deployment.apps`, `deployments.v1.apps`. */
function kindOf(text: string): Kind | undefined {
  const dot = text.indexOf('.');
  const kind = KINDS.get((dot < 0 ? text : text.slice(0, dot)).toLowerCase());
  if (!kind || dot < 0) return kind;
  const group = text.slice(dot + 1).replace(/^v\d+(?:(?:alpha|beta)\d+)?(?:\.|$)/, '');
  if (group === '') return kind;
  return GROUPS.has(group) ? { resourceKind: kind.resourceKind, group } : undefined;
}

const SCHEME_PORTS = table<number>({ http: 80, https: 443, ws: 80, wss: 443 });

/**
 * Reads a target: a URL, a host, the name of a Service or a Pod, or `kind/name[:port]`.
 *
 * @returns undefined for what is none of them, such as an unknown kind before a slash
 */
export function parseTarget(text: string): Target | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    if (!URL.canParse(text)) return undefined;
    const { hostname, pathname, protocol, port } = new URL(text);
    if (hostname === '') return undefined;
    const asked = port === '' ? SCHEME_PORTS[protocol.slice(0, -1)] : Number(port);
    return {
      kind: 'url',
      host: hostname.toLowerCase(),
      path: pathname === '' ? undefined : decodePath(pathname),
      port: asked,
    };
  }
  const slash = text.indexOf('/');
  const before = slash < 0 ? text : text.slice(0, slash);
  const kind = slash < 0 ? undefined : kindOf(before);
  if (kind) {
    const [name = '', port] = text.slice(slash + 1).split(':');
    return name === '' || name.includes('/') ? undefined : { ...kind, kind: 'resource', name, port };
  }
  const [, port] = /:(\d+)$/.exec(before) ?? [];
  // A host, perhaps with a port and a path; a bare word before a slash would rather be a misspelt kind.
  if (slash >= 0 && !before.includes('.') && port === undefined && before !== 'localhost') return undefined;
  const host = before.replace(/:\d+$/, '').toLowerCase();
  if (!/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host)) return undefined;
  return {
    kind: 'url',
    host,
    path: slash < 0 ? undefined : decodePath(text.slice(slash)),
    port: port === undefined ? undefined : Number(port),
  };
}

function decodePath(path: string): string {
  try {
    return decodeURI(path.replace(/[?#].*$/s, ''));
  } catch {
    return path;
  }
}

/** What was asked for, as a message may repeat it: a pasted URL may hold a login. */
export const shownTarget = (asked: string): string =>
  asked.replace(/(:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '');

/** Why a text is none, in words. */
export const noTarget = (asked: string): string =>
  `\`${shownTarget(asked)}\` is no target; give a URL, a host, the name of a Service or a Pod, or KIND/NAME with a kind of ${KIND_NAMES.join(', ')}, and svc/NAME:PORT for one port`;
