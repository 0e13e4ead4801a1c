import type { ConnectOptions } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { clusterFault } from './cluster-fault.ts';
import { connect } from './connect.ts';
import { type Gathered, type GatherOptions, gather } from './gather.ts';

/** Which cluster, who asks it, and for what. */
export interface ClusterSettings extends ConnectOptions {
  /** The context's when left out, else `default`. */
  readonly namespace?: string | undefined;
  readonly allNamespaces?: boolean | undefined;
  /** Only Services, routes and workloads with these labels, as kubectl's `-l` has it. */
  readonly selector?: string | undefined;
  /** Whether Secrets may be asked for, where a key may hold a port; they may when left out. */
  readonly secrets?: boolean | undefined;
}

/** Connects, reads, and lets go. Never throws: what cannot be had is among what it brings. */
export async function bringCluster(
  settings: ClusterSettings,
  context: Pick<GatherOptions, 'kinds' | 'writtenAt'>,
): Promise<Gathered> {
  try {
    const cluster = connect(settings);
    try {
      const namespace = settings.allNamespaces
        ? undefined
        : (settings.namespace ?? cluster.namespace ?? 'default');
      return { ...(await gather(cluster, { ...context, ...settings, namespace })), namespace };
    } finally {
      cluster.close();
    }
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return { sources: [], observations: [], pods: [], denied: [], errors: [clusterFault(error.message)] };
  }
}
