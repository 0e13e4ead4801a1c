/** The objects that most applications have in common, and those of the cluster. */

const CLASS = 'nginx';

export const deployment = ({ random, selector, labels, object }, containers, podSpec = {}) =>
  object('apps/v1', 'Deployment', '', {
    spec: {
      replicas: random.int(1, 6),
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector },
      template: {
        metadata: { annotations: { 'checksum/config': checksum(random) }, labels: { ...labels } },
        spec: { ...podSpec, containers },
      },
    },
  });

export const service = ({ selector }, ports) => ({ spec: { type: 'ClusterIP', ports, selector } });

export function ingress({ namespace, name, object }, port) {
  const host = `${name}.${namespace}.example.com`;
  const backend = { service: { name, port } };
  return object(
    'networking.k8s.io/v1',
    'Ingress',
    '',
    {
      spec: {
        ingressClassName: CLASS,
        tls: [{ hosts: [host], secretName: `${name}-tls` }],
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      },
    },
    { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
  );
}

export const autoscaler = ({ random, name, object }) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', '', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: random.int(3, 20),
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } },
        },
      ],
    },
  });

export const policy = ({ selector, object }, port) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', '', {
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port, protocol: 'TCP' }] }],
    },
  });

function checksum(random) {
  let text = '';
  while (text.length < 64) text += random.int(0, 0xffffffff).toString(16).padStart(8, '0');
  return text;
}

/** Cluster-wide objects that stand before all others. */
export const ingressClass = () => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: CLASS, annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
  spec: { controller: 'k8s.io/ingress-nginx' },
});

export const namespaceObject = (name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

export const roleObject = (kind, metadata, rest) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata,
  ...rest,
});
