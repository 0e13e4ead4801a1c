/** What `portolan trace` is asked to follow. */
export type Target =
  | { readonly kind: 'url'; readonly host: string; readonly path: string | undefined }
  | {
      readonly kind: 'resource';
      readonly resourceKind: string;
      readonly name: string;
      readonly port: string | undefined;
    };

/** kubectl's short names, for the kinds a chain passes. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ...['ingress', 'ingresses', 'ing'].map((name) => [name, 'Ingress'] as const),
  ...['service', 'services', 'svc'].map((name) => [name, 'Service'] as const),
  ...['deployment', 'deployments', 'deploy'].map((name) => [name, 'Deployment'] as const),
  ...['statefulset', 'statefulsets', 'sts'].map((name) => [name, 'StatefulSet'] as const),
  ...['daemonset', 'daemonsets', 'ds'].map((name) => [name, 'DaemonSet'] as const),
  ...['replicaset', 'replicasets', 'rs'].map((name) => [name, 'ReplicaSet'] as const),
  ...['replicationcontroller', 'replicationcontrollers', 'rc'].map(
    (name) => [name, 'ReplicationController'] as const,
  ),
  ...['pod', 'pods', 'po'].map((name) => [name, 'Pod'] as const),
  ...['job', 'jobs'].map((name) => [name, 'Job'] as const),
  ...['cronjob', 'cronjobs', 'cj'].map((name) => [name, 'CronJob'] as const),
]);

export const KIND_NAMES: readonly string[] = ['ingress', 'svc', 'deploy', 'sts', 'ds', 'pod', 'job'];

/**
 * Reads a target: a URL, a host, or `kind/name[:port]`.
 *
 * @returns undefined for what is none of them, such as an unknown kind before a slash
 */
export function parseTarget(text: string): Target | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    if (!URL.canParse(text)) return undefined;
    const { hostname, pathname } = new URL(text);
    return hostname === '' ? undefined : { kind: 'url', host: hostname, path: decodePath(pathname) };
  }
  const slash = text.indexOf('/');
  const before = slash < 0 ? text : text.slice(0, slash);
  const resourceKind = slash < 0 ? undefined : KINDS.get(before.toLowerCase());
  if (resourceKind) {
    const [name = '', port] = text.slice(slash + 1).split(':');
    return name === '' || name.includes('/') ? undefined : { kind: 'resource', resourceKind, name, port };
  }
  // A host, perhaps with a port and a path; a bare word before a slash would rather be a misspelt kind.
  if (slash >= 0 && !before.includes('.') && !before.startsWith('localhost')) return undefined;
  const host = before.replace(/:\d+$/, '').toLowerCase();
  if (!/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host)) return undefined;
  return { kind: 'url', host, path: slash < 0 ? undefined : decodePath(text.slice(slash)) };
}

function decodePath(path: string): string {
  try {
    return decodeURI(path.replace(/[?#].*$/s, ''));
  } catch {
    return path;
  }
}
