import { existsSync, readFileSync } from 'node:fs';
import { visible } from '../../sources/display-path.ts';
import { nearest } from '../../text/suggest.ts';
import type { ConnectOptions } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { type JsonObject, textAt } from '../json.ts';
import { readKubeconfig } from './files.ts';

/** One context: which cluster, and who asks it. */
export interface Context {
  readonly name: string;
  readonly namespace: string | undefined;
  /** As a kubeconfig has them. */
  readonly cluster: JsonObject;
  readonly user: JsonObject;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** @throws ClusterError where no context is meant, and where one leads nowhere */
export function findContext({
  kubeconfig,
  context: asked,
  env = process.env,
  cwd = process.cwd(),
}: ConnectOptions): Context {
  const config = readKubeconfig({ kubeconfig, env, cwd });
  const name = asked ?? config.currentContext;
  if (name === '') {
    const own = kubeconfig === undefined ? ownServiceAccount(env) : undefined;
    if (own) return own;
    throw new ClusterError(
      config.contexts.size > 0
        ? `the kubeconfig says no current context; give --context ${inWords([...config.contexts.keys()])}`
        : 'there is no kubeconfig and no service account here; give --kubeconfig, or set KUBECONFIG',
    );
  }
  const context = config.contexts.get(name);
  if (!context)
    throw new ClusterError(`no context is called ${visible(name)}${others(name, config.contexts)}`);
  const cluster = config.clusters.get(textAt(context, 'cluster') ?? '');
  if (!cluster)
    throw new ClusterError(
      `the context ${visible(name)} names the cluster ${visible(textAt(context, 'cluster') ?? '')}, which the kubeconfig does not have`,
    );
  return {
    name,
    namespace: textAt(context, 'namespace') || undefined,
    cluster,
    user: config.users.get(textAt(context, 'user') ?? '') ?? {},
  };
}

const inWords = (names: readonly string[]): string => names.slice(0, 4).map(visible).join(', ');

function others(name: string, contexts: ReadonlyMap<string, unknown>): string {
  const near = nearest(name, [...contexts.keys()]);
  const named = near.length > 0 ? near : [...contexts.keys()];
  return named.length > 0 ? `; there is ${inWords(named)}` : ', as the kubeconfig has none';
}

/** What the kubelet mounts into a Pod (client-go, rest/config.go). */
function ownServiceAccount(env: NodeJS.ProcessEnv): Context | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  const tokenFile = `${SERVICE_ACCOUNT}/token`;
  if (!host || !port || !existsSync(tokenFile)) return undefined;
  const namespaceFile = `${SERVICE_ACCOUNT}/namespace`;
  return {
    name: 'in-cluster',
    namespace: existsSync(namespaceFile) ? readFileSync(namespaceFile, 'utf8').trim() : undefined,
    cluster: {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      'certificate-authority': `${SERVICE_ACCOUNT}/ca.crt`,
    },
    user: { tokenFile },
  };
}
