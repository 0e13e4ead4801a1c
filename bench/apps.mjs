/**
 * The objects of one application, as teams deploy them. Whatever a later object names stands before it, so that a
 * list cut short holds no dangling reference.
 *
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {{ apiVersion: string, kind: string, metadata: { name: string, namespace?: string } }} Manifest
 * @typedef {object} App
 * @property {string} name
 * @property {string} namespace
 * @property {Manifest[]} objects
 * @property {{ service: string, port: number } | undefined} serves what other applications may call
 */

import { autoscaler, deployment, ingress, policy, roleObject, service } from './app-objects.mjs';
import { dashboard, environment, nginxConfig, probes, resources, settings } from './app-parts.mjs';

/**
 * @param {Random} random
 * @param {string} namespace
 * @param {string} name
 * @param {{ service: string, port: number } | undefined} upstream
 * @returns {App}
 */
export function application(random, namespace, name, upstream) {
  const dice = random.next();
  const context = contextOf(random, namespace, name, upstream);
  if (dice < 0.56) return web(context);
  if (dice < 0.68) return staticSite(context);
  if (dice < 0.78) return database(context);
  if (dice < 0.86) return cache(context);
  if (dice < 0.91) return agent(context);
  return batch(context);
}

/** The plain web application, which small trees hold. */
export const webApplication = (random, namespace, name) => web(contextOf(random, namespace, name, undefined));

function contextOf(random, namespace, name, upstream) {
  const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': `${namespace}-${name}` };
  const version = `${random.int(0, 9)}.${random.int(0, 30)}.${random.int(0, 12)}`;
  const labels = {
    'helm.sh/chart': `${name}-${random.int(0, 9)}.${random.int(0, 30)}.0`,
    ...selector,
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/part-of': namespace,
    'app.kubernetes.io/managed-by': 'Helm',
  };
  const object = (apiVersion, kind, suffix, rest, extra = {}) => ({
    apiVersion,
    kind,
    metadata: { name: `${name}${suffix}`, namespace, labels, ...extra },
    ...rest,
  });
  return { random, namespace, name, upstream, selector, labels, version, object };
}

function web(context) {
  const { random, namespace, name, upstream, version, object } = context;
  const port = random.pick([3000, 4000, 5000, 8000, 8080, 8081, 9000]);
  const servicePort = random.pick([80, 80, 8080, port]);
  const named = random.chance(0.75);
  const metrics = random.chance(0.4);
  const ports = [
    { name: 'http', containerPort: port, protocol: 'TCP' },
    ...(metrics ? [{ name: 'metrics', containerPort: 9464, protocol: 'TCP' }] : []),
  ];
  const container = {
    name,
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
    image: `registry.example.com/${namespace}/${name}:${version}`,
    imagePullPolicy: 'IfNotPresent',
    ports,
    env: environment(random, name, port, upstream, namespace),
    envFrom: [{ configMapRef: { name: `${name}-config` } }],
    ...probes(random, named ? 'http' : port),
    resources: resources(random),
  };
  const servicePorts = [
    { name: 'http', port: servicePort, targetPort: named ? 'http' : port, protocol: 'TCP' },
    ...(metrics ? [{ name: 'metrics', port: 9464, targetPort: 'metrics', protocol: 'TCP' }] : []),
  ];
  const objects = [
    object('v1', 'ServiceAccount', '', { automountServiceAccountToken: false }),
    object('v1', 'ConfigMap', '-config', { data: settings(random, name) }),
    object('v1', 'Secret', '-credentials', {
      type: 'Opaque',
      data: { password: 'Y2hhbmdlLW1lLXBsZWFzZQ==' },
    }),
    deployment(context, [container], { serviceAccountName: name, securityContext: { fsGroup: 2000 } }),
    object('v1', 'Service', '', service(context, servicePorts)),
    ...(random.chance(0.6)
      ? [ingress(context, random.chance(0.4) ? { name: 'http' } : { number: servicePort })]
      : []),
    ...(random.chance(0.5) ? [autoscaler(context)] : []),
    ...(random.chance(0.4) ? [policy(context, port)] : []),
    ...(random.chance(0.1)
      ? [object('v1', 'ConfigMap', '-dashboard', { data: dashboard(random, name) })]
      : []),
  ];
  return { name, namespace, objects, serves: { service: name, port: servicePort } };
}

/** nginx before files, its configuration in a ConfigMap that is mounted over the image's own. */
function staticSite(context) {
  const { random, namespace, name, object } = context;
  const port = random.pick([8080, 8081, 8443]);
  const container = {
    name: 'nginx',
    image: `nginx:1.${random.int(20, 29)}-alpine`,
    ports: [{ name: 'http', containerPort: port }],
    ...probes(random, 'http'),
    resources: resources(random),
    volumeMounts: [{ name: 'conf', mountPath: '/etc/nginx/conf.d', readOnly: true }],
  };
  const objects = [
    object('v1', 'ConfigMap', '-nginx', {
      data: nginxConfig(random, `${name}.${namespace}.example.com`, port),
    }),
    deployment(context, [container], { volumes: [{ name: 'conf', configMap: { name: `${name}-nginx` } }] }),
    object('v1', 'Service', '', service(context, [{ name: 'http', port: 80, targetPort: 'http' }])),
    ingress(context, { number: 80 }),
  ];
  return { name, namespace, objects, serves: { service: name, port: 80 } };
}

function database(context) {
  const { random, namespace, name, selector, labels, object } = context;
  const container = {
    name: 'postgres',
    image: `postgres:${random.int(13, 17)}.${random.int(0, 6)}`,
    ports: [{ name: 'postgresql', containerPort: 5432, protocol: 'TCP' }],
    envFrom: [{ secretRef: { name: `${name}-credentials` } }],
    readinessProbe: { exec: { command: ['pg_isready', '-U', 'postgres'] }, periodSeconds: 10 },
    livenessProbe: { tcpSocket: { port: 'postgresql' }, initialDelaySeconds: 30 },
    resources: resources(random),
    volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql/data' }],
  };
  const ports = () => [{ name: 'postgresql', port: 5432, targetPort: 'postgresql', protocol: 'TCP' }];
  const objects = [
    object('v1', 'Secret', '-credentials', {
      type: 'Opaque',
      stringData: { POSTGRES_PASSWORD: 'change-me', POSTGRES_DB: name },
    }),
    object('apps/v1', 'StatefulSet', '', {
      spec: {
        serviceName: `${name}-headless`,
        replicas: random.int(1, 3),
        selector: { matchLabels: selector },
        template: { metadata: { labels }, spec: { containers: [container] } },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: `${random.int(1, 50)}Gi` } },
            },
          },
        ],
      },
    }),
    object('v1', 'Service', '-headless', { spec: { clusterIP: 'None', ports: ports(), selector } }),
    object('v1', 'Service', '', service(context, ports())),
    object('policy/v1', 'PodDisruptionBudget', '', {
      spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
    }),
  ];
  return { name, namespace, objects, serves: undefined };
}

function cache(context) {
  const { random, namespace, name, object } = context;
  const container = {
    name: 'redis',
    image: `redis:7.${random.int(0, 4)}-alpine`,
    ports: [{ name: 'redis', containerPort: 6379 }],
    readinessProbe: { tcpSocket: { port: 'redis' } },
    resources: resources(random),
  };
  const objects = [
    deployment(context, [container]),
    object('v1', 'Service', '', service(context, [{ name: 'redis', port: 6379, targetPort: 'redis' }])),
    policy(context, 6379),
  ];
  return { name, namespace, objects, serves: undefined };
}

/** One Pod on every node, with the rights to read the cluster. */
function agent(context) {
  const { random, namespace, name, version, selector, labels, object } = context;
  const account = { kind: 'ServiceAccount', name, namespace };
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `${namespace}-${name}` };
  const clusterWide = (kind, rest) => roleObject(kind, { name: role.name, labels }, rest);
  const container = {
    name,
    image: `registry.example.com/platform/${name}:${version}`,
    args: ['--log-level=info', '--metrics-address=:9100'],
    ports: [{ name: 'metrics', containerPort: 9100 }],
    resources: resources(random),
  };
  const objects = [
    object('v1', 'ServiceAccount', '', {}),
    clusterWide('ClusterRole', {
      rules: [{ apiGroups: [''], resources: ['nodes', 'pods', 'services'], verbs: ['get', 'list', 'watch'] }],
    }),
    clusterWide('ClusterRoleBinding', { roleRef: role, subjects: [account] }),
    object('apps/v1', 'DaemonSet', '', {
      spec: {
        selector: { matchLabels: selector },
        template: {
          metadata: { labels },
          spec: { serviceAccountName: name, tolerations: [{ operator: 'Exists' }], containers: [container] },
        },
      },
    }),
    object('v1', 'Service', '', service(context, [{ name: 'metrics', port: 9100, targetPort: 'metrics' }])),
  ];
  return { name, namespace, objects, serves: undefined };
}

function batch(context) {
  const { random, namespace, name, version, labels, object } = context;
  const image = `registry.example.com/${namespace}/${name}:${version}`;
  const container = {
    name,
    image,
    args: ['run', '--once'],
    envFrom: [{ configMapRef: { name: `${name}-config` } }],
  };
  const job = {
    backoffLimit: 2,
    template: { metadata: { labels }, spec: { restartPolicy: 'Never', containers: [container] } },
  };
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
  const metadata = { name, namespace, labels };
  const objects = [
    object('v1', 'ServiceAccount', '', {}),
    object('v1', 'ConfigMap', '-config', { data: settings(random, name) }),
    roleObject('Role', metadata, {
      rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list'] }],
    }),
    roleObject('RoleBinding', metadata, {
      roleRef: role,
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }),
    random.chance(0.5)
      ? object('batch/v1', 'Job', '', { spec: job })
      : object('batch/v1', 'CronJob', '', {
          spec: { schedule: `${random.int(0, 59)} 3 * * *`, jobTemplate: { spec: job } },
        }),
  ];
  return { name, namespace, objects, serves: undefined };
}
