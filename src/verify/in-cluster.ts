import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { type Json, listAt, textAt } from '../cluster/json.ts';
import type { CheckResult } from '../engine/check.ts';
import type { Service, Workload } from '../model/model.ts';
import type { ReportResource } from '../report/report.ts';
import type { Traced } from '../report/trace/select.ts';
import type { PlanContext } from './plan/context.ts';
import { parseThrough, type ThroughAddress } from './plan/through.ts';

/** More Pods of one workload than this are alike. */
const MOST_PODS = 100;

/** What a plan asks the cluster for: the Pods of a workload, and where controllers are. */
export function inCluster(
  cluster: Cluster,
  found: CheckResult,
  through: readonly ThroughAddress[],
  onFault: (why: string) => void,
): Pick<PlanContext, 'workloadOf' | 'serviceOf' | 'liveService' | 'podsOf' | 'addressesOf'> {
  const workloads = new Map(
    found.sets.flatMap(({ graph }) => graph.model.workloads.map((one) => [keyOf(one), one] as const)),
  );
  const services = new Map(
    found.sets.flatMap(({ graph }) => graph.model.services.map((one) => [keyOf(one), one] as const)),
  );
  const ask = async (path: string, query = {}): Promise<Json | undefined> => {
    try {
      return await cluster.get(path, query);
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      onFault(error.message);
      return undefined;
    }
  };
  const statuses = new Map<string, Promise<Json | undefined>>();
  return {
    workloadOf: (resource) => workloads.get(keyOf(resource)),
    serviceOf: (resource) => services.get(keyOf(resource)),
    liveService: ({ namespace, name }) => ask(`/api/v1/namespaces/${namespace}/services/${name}`),
    podsOf: async (workload) => {
      const { namespace, template } = workload;
      const labels = [...template.labels].map(([key, { value }]) => `${key}=${value}`).join(',');
      const path = `/api/v1/namespaces/${namespace}/pods`;
      const named = workload.kind === 'Pod' ? { fieldSelector: `metadata.name=${workload.name}` } : {};
      return listAt(await ask(path, { labelSelector: labels, limit: MOST_PODS, ...named }), 'items');
    },
    addressesOf: async (traced) => {
      if (through.length > 0) return through;
      const path = statusPath(traced);
      if (path === undefined) return [];
      const status = statuses.get(path) ?? ask(path);
      statuses.set(path, status);
      return addressesIn(await status);
    },
  };
}

const keyOf = ({
  kind,
  namespace,
  name,
}: Pick<ReportResource | Workload | Service, 'kind' | 'namespace' | 'name'>): string =>
  [kind, namespace, name].join('\0');

/** Whose status says where a controller is: the Ingress's own, the Gateway's of a route. */
function statusPath({ chain, links }: Traced): string | undefined {
  const { kind, namespace, name } = chain.entry.resource;
  if (kind === 'Ingress') return `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`;
  const gateway = links.find((link) => link.kind === 'parent' && link.to?.resource.kind === 'Gateway')?.to;
  if (!gateway?.resource.apiVersion.startsWith('gateway.networking.k8s.io/')) return undefined;
  const { resource } = gateway;
  return `/apis/${resource.apiVersion}/namespaces/${resource.namespace}/gateways/${resource.name}`;
}

function addressesIn(object: Json | undefined): ThroughAddress[] {
  const said = [
    ...listAt(object, 'status', 'loadBalancer', 'ingress').map(
      (one) => textAt(one, 'ip') ?? textAt(one, 'hostname'),
    ),
    ...listAt(object, 'status', 'addresses').map((one) => textAt(one, 'value')),
  ];
  return said.flatMap((text) => {
    const read = text === undefined ? undefined : parseThrough(text);
    return read ? [{ ...read, port: undefined }] : [];
  });
}
