import type { Cluster } from '../../cluster/cluster.ts';
import { at, type Json, type JsonObject, textAt } from '../../cluster/json.ts';
import { refusal } from './read-log.ts';

/** By these labels whoever finds it knows whose it is. */
const LABELS: JsonObject = {
  'app.kubernetes.io/name': 'portolan-verify',
  'app.kubernetes.io/managed-by': 'portolan',
};
const LOOK_EVERY_MS = 250;
const MOST_LOG_BYTES = 256 * 1024;

export interface PodRun {
  readonly namespace: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Runs one Pod to its end and deletes it, whatever happens on the way; it has no rights in the cluster and fits the
 * strictest of the Pod security standards.
 *
 * @returns what it printed
 * @throws Error where it cannot be run
 */
export async function runPod(cluster: Cluster, run: PodRun): Promise<string> {
  const path = `/api/v1/namespaces/${run.namespace}/pods`;
  const made = await cluster.request(path, { method: 'POST', body: manifest(run) });
  if (made.status !== 201) throw new Error(refusal(made.status, made.body.toString('utf8')));
  const name = textAt(JSON.parse(made.body.toString('utf8')) as Json, 'metadata', 'name');
  try {
    await ended(cluster, `${path}/${name}`, run);
    const log = await cluster.request(`${path}/${name}/log`, { most: MOST_LOG_BYTES, cut: true });
    return log.body.toString('utf8');
  } finally {
    await remove(cluster, `${path}/${name}`);
  }
}

const manifest = ({ image, command, timeoutMs }: PodRun): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'portolan-verify-', labels: LABELS },
  spec: {
    restartPolicy: 'Never',
    // The cluster ends it then, whatever becomes of us.
    activeDeadlineSeconds: Math.ceil(timeoutMs / 1000),
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      runAsGroup: 65_534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'look',
        image,
        command,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        resources: {
          requests: { cpu: '10m', memory: '16Mi' },
          limits: { cpu: '200m', memory: '64Mi' },
        },
      },
    ],
  },
});

const ENDED: ReadonlySet<string | undefined> = new Set(['Succeeded', 'Failed']);

async function ended(cluster: Cluster, path: string, { timeoutMs, signal }: PodRun): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const pod = await cluster.get(path);
    if (ENDED.has(textAt(pod, 'status', 'phase'))) return;
    const waits = textAt(at(pod, 'status', 'containerStatuses'), 'reason') ?? waitingFor(pod);
    if (signal.aborted) throw new Error('it was stopped');
    if (Date.now() > until) throw new Error(`the Pod did not end in time${waits ? `: ${waits}` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function waitingFor(pod: Json): string | undefined {
  const statuses = at(pod, 'status', 'containerStatuses');
  const waiting = Array.isArray(statuses) ? at(statuses[0] as Json, 'state', 'waiting') : undefined;
  return textAt(waiting, 'message') ?? textAt(waiting, 'reason');
}

/** Once more where it does not work at once: it must not stay. */
async function remove(cluster: Cluster, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { status } = await cluster.request(path, {
        method: 'DELETE',
        body: { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 },
      });
      if (status < 300 || status === 404) return;
    } catch (error) {
      if (attempt === 3) throw error;
    }
    if (attempt === 3) return;
  }
}
