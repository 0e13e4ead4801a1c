import type { Report, ReportResource } from '../report.ts';
import type { Target } from './target.ts';

type Url = Extract<Target, { kind: 'url' }>;
type Named = Extract<Target, { kind: 'resource' }>;

/** Everything that chains and links pass, and that findings tell of, each object once. */
export function resourcesOf({ chains, links, findings }: Report): ReportResource[] {
  const all = [
    ...findings.flatMap(({ resources }) => resources),
    ...chains.map(({ entry }) => entry.resource),
    ...links.flatMap(({ from, to }) => (to ? [from.resource, to.resource] : [from.resource])),
  ];
  return [...new Map(all.map((one) => [Object.values(one).join('\0'), one])).values()];
}

const isService = ({ apiVersion, kind }: ReportResource): boolean =>
  kind === 'Service' && apiVersion === 'v1';

/**
 * The Service that a host of the cluster's DNS stands for, `web`, `web.shop` or `web.shop.svc.cluster.local`, and
 * the Pod before it in `db-0.db.shop.svc`; undefined for a host of another kind.
 */
export function fromClusterName(
  { host, port }: Url,
  resources: readonly ReportResource[],
): Named | undefined {
  const labels = host.replace(/\.$/, '').split('.');
  const svc = labels.indexOf('svc', 2);
  const known = svc < 0 ? labels : labels.slice(0, svc);
  if (known.length > (svc < 0 ? 2 : 3)) return undefined;
  const [pod, name, namespace] = svc < 0 ? [undefined, ...known] : [undefined, undefined, ...known].slice(-3);
  if (pod !== undefined) {
    const workload = makerOf(pod, resources);
    return workload && { ...workload, namespace: namespace! };
  }
  const exists = resources.some(
    (one) => isService(one) && one.name === name && (namespace === undefined || one.namespace === namespace),
  );
  if (!exists && svc < 0) return undefined;
  return {
    kind: 'resource',
    resourceKind: 'Service',
    group: '',
    name: name!,
    port: port === undefined ? undefined : String(port),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** What each kind appends to its name for what it makes: a hash of the template, five random characters, an ordinal. */
const MADE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/-[a-z0-9]{6,10}-[a-z0-9]{5}$/, ['Deployment', 'Rollout']],
  [/-[a-z0-9]{5}$/, ['ReplicaSet', 'DaemonSet', 'Job', 'ReplicationController']],
  [/-\d+-[a-z0-9]{5}$/, ['CronJob', 'DeploymentConfig']],
  [/-\d+$/, ['StatefulSet', 'CronJob', 'DeploymentConfig']],
  [/-[a-z0-9]{6,10}$/, ['Deployment', 'Rollout']],
];

/** The workload that made a Pod, ReplicaSet or Job of this name. */
export function makerOf(name: string, resources: readonly ReportResource[]): Named | undefined {
  for (const [suffix, kinds] of MADE) {
    const maker = suffix.test(name) ? name.replace(suffix, '') : undefined;
    const found = resources.find((one) => one.name === maker && kinds.includes(one.kind));
    if (found) return { kind: 'resource', resourceKind: found.kind, name: found.name, port: undefined };
  }
  return undefined;
}
