import { isKnativeService } from '../../model/knative.ts';
import type { OtherResource, Resource } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import { areNear } from '../../text/bundle.ts';

/** Groups whose objects never make a Service, as far as their documentation goes. */
const HARMLESS =
  /(^|\.)(k8s\.io|cert-manager\.io|acme\.cert-manager\.io|external-secrets\.io|cilium\.io|projectcalico\.org|kyverno\.io|gatekeeper\.sh|keda\.sh|metallb\.io|cloud\.google\.com|networking\.gke\.io|security\.istio\.io|networking\.istio\.io|telemetry\.istio\.io|traefik\.io|traefik\.containo\.us|bitnami\.com|kustomize\.toolkit\.fluxcd\.io|source\.toolkit\.fluxcd\.io|(?:notification|image)\.toolkit\.fluxcd\.io|(?:security|route|image|authorization|user|project|quota|console|config|machineconfiguration)\.openshift\.io|monitoring\.googleapis\.com|velero\.io|karpenter\.sh|longhorn\.io|aquasecurity\.github\.io)$/;

/** Of the Prometheus operator these are read by its servers; only for the servers themselves does it make Services. */
const CONFIGURATION = /^(PrometheusRule|ServiceMonitor|PodMonitor|Probe|ScrapeConfig|AlertmanagerConfig)$/;

/** Built-in groups have no dot: `apps`, `batch`, `policy`. */
const isCustom = ({ group, kind }: OtherResource): boolean =>
  group.includes('.') &&
  !HARMLESS.test(group) &&
  !(group === 'monitoring.coreos.com' && CONFIGURATION.test(kind));

/**
 * An object beside `from` whose controller may make Services of its own: a HelmRelease, a database of an operator, a
 * RayService. Where there is one, a Service that no manifest shows may exist all the same.
 */
export const serviceMakerNear = (model: Model, from: Resource): OtherResource | undefined =>
  model.others.find((other) => isCustom(other) && areNear(other, from));

/** Services that come with a cluster or an installer, whose manifests few repositories keep. */
const INSTALLED: ReadonlySet<string> = new Set([
  ...['webhook-receiver', 'notification-controller', 'source-controller'].map(
    (name) => `flux-system/${name}`,
  ),
  ...['kube-dns', 'metrics-server', 'traefik'].map((name) => `kube-system/${name}`),
  ...['istiod', 'istio-ingressgateway', 'istio-egressgateway'].map((name) => `istio-system/${name}`),
  ...['kubernetes-dashboard', 'kubernetes-dashboard-kong-proxy'].map(
    (name) => `kubernetes-dashboard/${name}`,
  ),
  ...['kubernetes-dashboard/kubernetes-dashboard-web', 'default/kubernetes'],
  ...['argocd/argocd-server', 'ingress-nginx/ingress-nginx-controller'],
]);

export const isInstalled = (namespace: string, name: string): boolean =>
  INSTALLED.has(`${namespace}/${name}`);

/** Besides its Service, Knative makes one for each revision and each tag: `bakery-00001`, `latest-bakery`. */
export const knativeMakes = (model: Model, namespace: string, name: string): boolean =>
  model
    .workloadsIn(namespace)
    .some(
      (one) =>
        isKnativeService(one) &&
        (name === one.name || name.startsWith(`${one.name}-`) || name.endsWith(`-${one.name}`)),
    );
